import { isJsonPart } from '@/lib/release/part-text'
import { type Edit, guidsIn, wholeMatches } from '../edit'
import { type JsonNode, jsonValues, readJson, stringMember } from '../json-text'
import { isAwaiting, type Resolution, zeroId } from '../resolution'
import { jsonContent } from './escape'
import { lakehouseBindings, notebookJson } from './notebook'

const workspaceKey = /^workspace$|workspaceid$/i

/** Ids, SQL endpoints and addresses of the source workspace become the target's, wherever they stand in a text. */
export function idEdits(path: string, text: string, resolution: Resolution): Edit[] {
  return [
    ...bindingNameEdits(path, text, resolution),
    ...zeroWorkspaceEdits(path, text, resolution),
    ...guidEdits(text, resolution),
    ...hostEdits(text, resolution),
    ...addressEdits(text, resolution),
  ]
}

const edit = (start: number, length: number, text: string): Edit => ({ start, end: start + length, text, rule: null })

function guidEdits(text: string, { ids }: Resolution): Edit[] {
  return guidsIn(text).flatMap(({ index, found, id }) => {
    const target = ids.get(id)
    if (target === undefined || target.toLowerCase() === id) return []
    const written = found.includes('_') && !isAwaiting(target) ? target.replaceAll('-', '_') : target
    return [edit(index, found.length, written)]
  })
}

function hostEdits(text: string, { hosts }: Resolution): Edit[] {
  return [...hosts].flatMap(([host, target]) =>
    host === target.toLowerCase()
      ? []
      : allMatches(text, wholeMatches(host, true)).map(at => edit(at, host.length, target)),
  )
}

/** Names count only where an address says that they are names: `abfss://Workspace@…`, `…/Workspace/Item.Lakehouse/…`. */
function addressEdits(text: string, { sourceWorkspace, targetWorkspace, renamed }: Resolution): Edit[] {
  const edits: Edit[] = []
  const { name } = sourceWorkspace
  if (name !== null && name !== targetWorkspace.name) {
    const forms = new Map([
      [name, targetWorkspace.name],
      [encodeURIComponent(name), encodeURIComponent(targetWorkspace.name)],
    ])
    for (const [from, to] of forms) {
      const address = new RegExp(`(?<=[/"'=])${wholeMatches(from, true).source}(?=[/"'@;\\\\]|$)`, 'gimu')
      edits.push(...allMatches(text, address).map(at => edit(at, from.length, to)))
    }
  }
  for (const { type, from, to } of renamed.values()) {
    const item = new RegExp(`(?<=[/"'])${wholeMatches(from, true).source}(?=\\.${type}(?![\\p{L}\\p{N}_]))`, 'giu')
    edits.push(...allMatches(text, item).map(at => edit(at, from.length, to)))
  }
  return edits
}

/** The all-zero workspace id means "this workspace"; only where a key says that it is a workspace. */
function zeroWorkspaceEdits(path: string, text: string, { zeroWorkspace }: Resolution): Edit[] {
  if (zeroWorkspace === null || !text.includes(zeroId)) return []
  return documents(path, text).flatMap(root =>
    jsonValues(root).flatMap(({ key, node }) =>
      node.kind === 'string' && node.value === zeroId && key !== null && workspaceKey.test(key)
        ? [edit(node.start + 1, zeroId.length, zeroWorkspace)]
        : [],
    ),
  )
}

function bindingNameEdits(path: string, text: string, { renamed }: Resolution): Edit[] {
  if (renamed.size === 0) return []
  return lakehouseBindings(path, text).flatMap(binding => {
    const names = renamed.get(stringMember(binding, 'default_lakehouse')?.value.toLowerCase() ?? '')
    const name = stringMember(binding, 'default_lakehouse_name')
    if (names === undefined || name === null || name.value.toLowerCase() !== names.from.toLowerCase()) return []
    return [{ start: name.start + 1, end: name.end - 1, text: jsonContent(names.to), rule: null }]
  })
}

/** The JSON documents of a part: the part itself, or a notebook's META blocks. */
export function documents(path: string, text: string): JsonNode[] {
  if (!isJsonPart(path)) return notebookJson(path, text)
  const root = readJson(text)
  return root === null ? [] : [root]
}

export const allMatches = (text: string, pattern: RegExp): number[] =>
  [...text.matchAll(pattern)].map(match => match.index)

import { type Edit, guidsIn, wholeMatches } from '../edit'
import { type JsonObject, type JsonString, jsonValues, member, stringMember } from '../json-text'
import type { Resolution } from '../resolution'
import { inLiteralOf, jsonContent } from './escape'
import { allMatches, documents } from './ids'
import { lakehouseBindings } from './notebook'

const lakehouseKey = /lakehouse|artifactname|itemname|database|catalog/i

/** The lakehouse that a rule maps: its Dev name and id, and the tier's. An id is null when no such lakehouse is known. */
export type LakehouseMapping = {
  readonly from: string
  readonly to: string
  readonly sourceId: string | null
  readonly targetId: string | null
}

export const lakehouseMapping = (from: string, to: string | null, resolution: Resolution): LakehouseMapping => ({
  from,
  to: to ?? from,
  sourceId: resolution.sourceLakehouses.get(from.toLowerCase()) ?? null,
  targetId: to === null ? null : (resolution.targetLakehouses.get(to.toLowerCase()) ?? null),
})

/**
 * Whatever is bound to the mapped lakehouse: a notebook's default lakehouse (by id or by name), references by id in JSON and TMDL,
 * names under a key that speaks of lakehouses or databases, OneLake paths, and quoted database names in model expressions.
 */
export function lakehouseEdits(path: string, text: string, mapping: LakehouseMapping, resolution: Resolution): Edit[] {
  return [
    ...lakehouseBindings(path, text).flatMap(binding => bindingEdits(binding, mapping, resolution)),
    ...idsOf(text, mapping),
    ...namesOf(path, text, mapping),
  ]
}

const inString = (node: JsonString, text: string): Edit => ({
  start: node.start + 1,
  end: node.end - 1,
  text: jsonContent(text),
  rule: null,
})

function bindingEdits(binding: JsonObject, mapping: LakehouseMapping, resolution: Resolution): Edit[] {
  const id = stringMember(binding, 'default_lakehouse')
  const name = stringMember(binding, 'default_lakehouse_name')
  const isBound =
    sameText(name?.value, mapping.from) || (mapping.sourceId !== null && sameText(id?.value, mapping.sourceId))
  if (!isBound) return []
  const edits = name === null ? [] : [inString(name, mapping.to)]
  if (id === null || mapping.targetId === null) return edits
  const workspace = stringMember(binding, 'default_lakehouse_workspace_id')
  const known = member(binding, 'known_lakehouses')
  const knownIds = known?.kind === 'array' ? known.items.map(item => stringMember(item, 'id')) : []
  return [
    ...edits,
    inString(id, mapping.targetId),
    ...(workspace === null ? [] : [inString(workspace, resolution.targetWorkspace.id)]),
    ...knownIds
      .filter(one => one !== null && sameText(one.value, id.value))
      .flatMap(one => (one === null ? [] : [inString(one, mapping.targetId ?? '')])),
  ]
}

function idsOf(text: string, { sourceId, targetId }: LakehouseMapping): Edit[] {
  if (sourceId === null || targetId === null) return []
  return guidsIn(text)
    .filter(({ id }) => id === sourceId)
    .map(({ index, found }) => ({ start: index, end: index + found.length, text: targetId, rule: null }))
}

function namesOf(path: string, text: string, { from, to }: LakehouseMapping): Edit[] {
  const edits = documents(path, text).flatMap(root =>
    jsonValues(root).flatMap(({ key, node }) =>
      node.kind === 'string' && sameText(node.value, from) && key !== null && lakehouseKey.test(key)
        ? [inString(node, to)]
        : [],
    ),
  )
  const name = wholeMatches(from, true).source
  const addresses = allMatches(text, new RegExp(`(?<=[/"'])${name}(?=\\.Lakehouse(?![\\p{L}\\p{N}_]))`, 'giu'))
  const literals = /\.tmdl$/i.test(path) ? allMatches(text, new RegExp(`(?<=")${name}(?=")`, 'giu')) : []
  const written = inLiteralOf(path, to)
  return [
    ...edits,
    ...[...addresses, ...literals].map(start => ({ start, end: start + from.length, text: written, rule: null })),
  ]
}

const sameText = (a: string | undefined, b: string) => a?.toLowerCase() === b.toLowerCase()

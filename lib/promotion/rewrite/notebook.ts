import { type JsonObject, member, readJson } from '../json-text'

const metaLine = /^(?:#|--|\/\/) META(?: |(?=\r?$))/
const codeNotebook = /\.(py|sql|scala|r)$/i

/**
 * The JSON values that hold a notebook's bindings: the META blocks of a notebook in source form, the document of an `.ipynb`.
 * Places are those of the text: comment marks are blanked out before reading, so that no offset moves.
 */
export function notebookJson(path: string, text: string): JsonObject[] {
  if (codeNotebook.test(path)) return metaBlocks(text)
  const root = /\.ipynb$/i.test(path) ? readJson(text) : null
  return root?.kind === 'object' ? [root] : []
}

/** The `lakehouse` objects (default_lakehouse and what belongs to it) of a notebook. */
export const lakehouseBindings = (path: string, text: string): JsonObject[] =>
  notebookJson(path, text).flatMap(root => {
    const lakehouse = member(root, 'dependencies', 'lakehouse') ?? member(root, 'metadata', 'dependencies', 'lakehouse')
    const cells = member(root, 'metadata', 'trident', 'lakehouse')
    return [lakehouse, cells].filter(node => node?.kind === 'object')
  })

function metaBlocks(text: string): JsonObject[] {
  const blocks: JsonObject[] = []
  let start = 0
  let masked = ''
  const close = () => {
    const root = masked === '' ? null : readJson(' '.repeat(start) + masked)
    if (root?.kind === 'object') blocks.push(root)
    masked = ''
  }
  let offset = 0
  for (const line of text.split('\n')) {
    const mark = metaLine.exec(line)?.[0]
    if (mark === undefined) close()
    else {
      if (masked === '') start = offset
      masked += `${' '.repeat(mark.length)}${line.slice(mark.length)}\n`
    }
    offset += line.length + 1
  }
  close()
  return blocks
}

import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Change } from '../tenant'

const demoFolder = fileURLToPath(new URL('../demo/', import.meta.url))

/** A change that does not fit the tree it is made to. */
export class ChangeFailed extends Error {}

/** What one commit does to a tree: new bytes, or null for a file that goes. */
export type Edits = Map<string, Buffer | null>

/** Applies the changes in order to `files` itself and gives the edits that they came to. */
export async function applyChanges(files: Map<string, Buffer>, changes: readonly Change[]): Promise<Edits> {
  const edits: Edits = new Map()
  const write = (path: string, bytes: Buffer) => {
    if (files.get(path)?.equals(bytes)) return
    files.set(path, bytes)
    edits.set(path, bytes)
  }
  for (const change of changes) {
    if (change.kind === 'write') write(change.path, Buffer.from(change.text))
    else if (change.kind === 'replace') write(change.path, replaced(files, change))
    else if (change.kind === 'copy-folder') {
      for (const [path, bytes] of await readFolder(join(demoFolder, change.from))) write(inside(change.to, path), bytes)
    } else {
      for (const path of [...files.keys()].filter(p => p === change.path || p.startsWith(`${change.path}/`))) {
        files.delete(path)
        edits.set(path, null)
      }
    }
  }
  return edits
}

function replaced(files: Map<string, Buffer>, change: Extract<Change, { kind: 'replace' }>): Buffer {
  const text = files.get(change.path)?.toString()
  if (text === undefined) throw new ChangeFailed(`There is no file ${change.path} in which to replace anything.`)
  if (!text.includes(change.find)) throw new ChangeFailed(`${change.path} does not contain: ${change.find}`)
  return Buffer.from(text.split(change.find).join(change.replace))
}

async function readFolder(folder: string): Promise<Map<string, Buffer>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const paths = entries.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name))
  const read = await Promise.all(paths.map(async path => [relativeTo(folder, path), await readFile(path)] as const))
  return new Map(read.sort(([a], [b]) => (a < b ? -1 : 1)))
}

const relativeTo = (folder: string, path: string) =>
  path.slice(join(folder, '.').length).replace(/\\/g, '/').replace(/^\/+/, '')

const inside = (folder: string, path: string) => {
  const trimmed = folder.replace(/^\/+|\/+$/g, '')
  return trimmed === '' || trimmed === '.' ? path : `${trimmed}/${path}`
}

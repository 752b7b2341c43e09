import { readdirSync, readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Change, Commit } from '../tenant'

/** Where the demo's folders (`items`, `later`) are. */
export const demoFolder = fileURLToPath(new URL('.', import.meta.url))

/** The text files of a repository, by path. */
export type Tree = ReadonlyMap<string, string>

/** Throws where a change does not fit: a `find` that does not occur exactly once, a path that does not exist. */
export function applyChanges(tree: Tree, changes: readonly Change[], folder = demoFolder): Tree {
  const files = new Map(tree)
  for (const change of changes) applyChange(files, change, folder)
  return files
}

export const treeOf = (commits: readonly Commit[]): Tree =>
  commits.reduce<Tree>((tree, commit) => applyChanges(tree, commit.changes), new Map())

function applyChange(files: Map<string, string>, change: Change, folder: string): void {
  switch (change.kind) {
    case 'copy-folder':
      for (const [path, text] of readFolder(posix.join(folder, change.from))) {
        files.set(posix.join(change.to, path), text)
      }
      return
    case 'write':
      files.set(change.path, change.text)
      return
    case 'replace': {
      const pieces = textOf(files, change.path).split(change.find)
      if (pieces.length !== 2) throw new Error(`${change.path}: found ${pieces.length - 1} times: ${change.find}`)
      files.set(change.path, pieces.join(change.replace))
      return
    }
    case 'delete':
      textOf(files, change.path)
      files.delete(change.path)
  }
}

function textOf(files: Tree, path: string): string {
  const text = files.get(path)
  if (text === undefined) throw new Error(`${path}: no such file`)
  return text
}

/** Paths are relative to the folder, in order. */
export function readFolder(folder: string): [path: string, text: string][] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => posix.relative(folder, posix.join(entry.parentPath, entry.name)))
    .sort()
    .map(path => [path, readFileSync(posix.join(folder, path), 'utf8')])
}

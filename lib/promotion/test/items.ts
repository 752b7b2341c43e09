import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, extname, join, relative } from 'node:path'
import { itemTypeNamed } from '@/lib/release/item-types'
import type { Part, Snapshot, SnapshotItem } from '@/lib/release/snapshot'
import type { PlanInput, TargetState } from '../plan-input'

export const corpus = '../shared/fabric/corpus'
export const caseInputs = '../shared/cases/inputs/fabric'

/** A GUID made from a text, so that an id is the same in every run. */
export function guidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-')
}

export const part = (path: string, text: string): Part => ({ path, bytes: new TextEncoder().encode(text) })
export const textOf = (parts: readonly Part[] | null, path: string): string =>
  new TextDecoder().decode(parts?.find(one => one.path === path)?.bytes)

export const item = (type: string, name: string, parts: readonly Part[] | null, more: Partial<SnapshotItem> = {}) => ({
  objectId: guidOf(`${type}/${name}`),
  logicalId: null,
  type,
  name,
  description: '',
  folder: '',
  parts,
  ...more,
})

/** A folder in git-sync format as a snapshot; an item's object id is made from its place. */
export function readItems(root: string, workspaceId = guidOf(root)): Snapshot {
  if (!existsSync(root)) return { workspaceId, items: [] }
  const folders = [...new Set(allFiles(root).map(dirname))].filter(
    folder => existsSync(join(folder, '.platform')) || itemTypeNamed(typeOf(folder)) !== null,
  )
  return { workspaceId, items: folders.map(folder => readItem(root, folder, folders)) }
}

function readItem(root: string, folder: string, folders: readonly string[]): SnapshotItem {
  const nested = folders.filter(other => other !== folder && other.startsWith(`${folder}/`))
  const files = allFiles(folder).filter(file => !nested.some(other => file.startsWith(`${other}/`)))
  const platform = join(folder, '.platform')
  const { metadata, config } = existsSync(platform)
    ? JSON.parse(readFileSync(platform, 'utf8'))
    : { metadata: { type: typeOf(folder), displayName: basename(folder, `.${typeOf(folder)}`) }, config: {} }
  return {
    objectId: guidOf(relative(root, folder)),
    logicalId: config.logicalId ?? null,
    type: metadata.type,
    name: metadata.displayName,
    description: metadata.description ?? '',
    folder: dirname(relative(root, folder)).replace(/^\.$/, '').split('/').filter(isFolder).join('/'),
    parts: files.map(file => ({ path: relative(folder, file), bytes: readFileSync(file) })),
  }
}

const typeOf = (folder: string) => extname(folder).slice(1)
const isFolder = (name: string) => name !== '.children' && !/\.[A-Z]\w+$/.test(name)

function allFiles(folder: string): string[] {
  return readdirSync(folder).flatMap(name => {
    const path = join(folder, name)
    return statSync(path).isDirectory() ? allFiles(path) : [path]
  })
}

export const emptyTarget = (name: string): TargetState => ({
  workspaceId: guidOf(`workspace ${name}`),
  workspaceName: name,
  items: [],
  capacity: { id: guidOf(`capacity ${name}`), displayName: `${name} capacity`, state: 'Active' },
})

/** A plan's input without rules: into an empty Test workspace, unless told otherwise. */
export const planInput = (release: Snapshot, more: Partial<PlanInput> = {}): PlanInput => ({
  release,
  target: emptyTarget('Corpus-Data-Test'),
  tier: 'test',
  sourceTier: 'dev',
  variables: [],
  rules: [],
  environments: [
    {
      tier: 'dev',
      workspaceId: release.workspaceId,
      workspaceName: 'Corpus-Data-Dev',
      capacity: { id: guidOf('capacity dev'), displayName: 'Corpus dev capacity' },
      items: release.items.map(({ objectId, type, name }) => ({ id: objectId, type, name })),
      connections: [],
    },
  ],
  strategy: 'definitions',
  ...more,
})

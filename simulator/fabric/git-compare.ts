import { readTree } from '../git/repositories'
import { contentDigest, type ItemSource, parseItems } from '../store/git-format'
import { zeroId } from '../store/ids'
import type { GitLink, ItemRecord } from '../store/records'
import { placeOf } from './git-connection'
import { partsOf } from './item-store'
import type { Simulation } from './simulation'

type Side = 'Added' | 'Deleted' | 'Modified'

export type ItemChange = {
  readonly source: ItemSource | null
  readonly item: ItemRecord | null
  readonly remoteChange: Side | null
  readonly workspaceChange: Side | null
  readonly conflictType: 'None' | 'Conflict' | 'SameChanges'
}

export type Comparison = {
  readonly sources: readonly ItemSource[]
  /** Item by directory of its source; a deleted one that git still knows is among them. */
  readonly items: ReadonlyMap<string, ItemRecord>
  readonly changes: readonly ItemChange[]
}

/** What differs between a workspace and a commit of its branch, seen from the last synchronisation. */
export async function compare(
  sim: Simulation,
  workspaceId: string,
  link: GitLink,
  commit: string,
): Promise<Comparison> {
  const sources = await sourcesAt(sim, link, commit)
  const known = sim.store.items.filter(
    item =>
      item.workspaceId === workspaceId &&
      item.type !== 'SQLEndpoint' &&
      (item.deletedAt === null || item.synced !== null),
  )
  const items = new Map<string, ItemRecord>()
  for (const source of sources) {
    const item =
      known.find(own => isSame(own, source) && own.deletedAt === null) ?? known.find(own => isSame(own, source))
    if (item !== undefined) items.set(source.directory, item)
  }
  const matched = new Set(items.values())
  const gone = known.filter(item => !matched.has(item) && item.deletedAt === null)
  const changes = [
    ...sources.map(source => changeOf(sim, source, items.get(source.directory) ?? null)),
    ...gone.map(item => changeOf(sim, null, item)),
  ].filter(change => change !== null)
  return { sources, items, changes }
}

const read = new Map<string, readonly ItemSource[]>()
const keptTrees = 20

// A commit never changes, and asking git costs a process.
async function sourcesAt(sim: Simulation, link: GitLink, commit: string): Promise<readonly ItemSource[]> {
  const { owner, repository, directory } = placeOf(link)
  const key = [sim.gitDirectory, owner, repository, directory, commit].join('\n')
  const known = read.get(key)
  if (known !== undefined) return known
  const sources = parseItems((await readTree(sim.gitDirectory, owner, repository, commit, directory)).files)
  const oldest = read.keys().next().value
  if (read.size >= keptTrees && oldest !== undefined) read.delete(oldest)
  read.set(key, sources)
  return sources
}

function isSame(item: ItemRecord, source: ItemSource): boolean {
  if (source.logicalId !== zeroId) {
    if (item.logicalId === source.logicalId) return true
    if (item.synced !== null) return false
  }
  return item.type === source.type && item.displayName === source.displayName
}

function changeOf(sim: Simulation, source: ItemSource | null, item: ItemRecord | null): ItemChange | null {
  const workspaceChange = item === null ? null : workspaceSide(sim, item)
  const remoteChange = remoteSide(source, item)
  if (workspaceChange === null && remoteChange === null) return null
  const isBoth = workspaceChange !== null && remoteChange !== null
  const isEqual = isBoth && source !== null && item !== null && source.digest === digestOf(sim, item)
  const conflictType = isBoth ? (isEqual ? 'SameChanges' : 'Conflict') : 'None'
  return { source, item, remoteChange, workspaceChange, conflictType }
}

function workspaceSide(sim: Simulation, item: ItemRecord): Side | null {
  if (item.synced === null) return 'Added'
  if (item.deletedAt !== null) return 'Deleted'
  return digestOf(sim, item) === item.synced.content ? null : 'Modified'
}

function remoteSide(source: ItemSource | null, item: ItemRecord | null): Side | null {
  if (source === null) return item?.synced ? 'Deleted' : null
  if (item === null || item.synced === null) return 'Added'
  return source.digest === item.synced.remote ? null : 'Modified'
}

export const digestOf = (sim: Simulation, item: ItemRecord): string =>
  contentDigest(item.displayName, item.description, partsOf(sim, item))

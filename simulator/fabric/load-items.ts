import type { ItemSource } from '../store/git-format'
import { contentDigest } from '../store/git-format'
import { firstItemId, newId, zeroId } from '../store/ids'
import type { ItemRecord } from '../store/records'
import { ensureFolder } from './folders'
import { addItem, storeParts } from './item-store'
import { resolveReferences } from './references'
import type { Simulation } from './simulation'

type Options = {
  readonly ownerId: string
  /** Turn logical ids and the all-zero workspace id into object ids, as an update from git does. */
  readonly resolve: boolean
  /** Mark the items as synchronised with git. */
  readonly synced: boolean
}

/** Fills a workspace with items in git-sync format, under ids that follow from their names. */
export function loadItems(
  sim: Simulation,
  workspaceId: string,
  sources: readonly ItemSource[],
  { ownerId, resolve, synced }: Options,
): ItemRecord[] {
  const ids = new Map(
    sources.map(source => [source.directory, firstItemId(workspaceId, source.type, source.displayName)]),
  )
  const byLogicalId = new Map(sources.map(source => [source.logicalId, ids.get(source.directory) ?? '']))
  return sources.map(source => {
    const parts = resolve ? resolveReferences(source.parts, byLogicalId, workspaceId) : source.parts
    return addItem(sim, {
      id: ids.get(source.directory) ?? newId(),
      workspaceId,
      type: source.type,
      displayName: source.displayName,
      description: source.description,
      folderId: ensureFolder(sim, workspaceId, source.folders),
      logicalId: source.logicalId === zeroId ? newId() : source.logicalId,
      parts: storeParts(sim, parts),
      parentItemId: source.parentDirectory === null ? null : (ids.get(source.parentDirectory) ?? null),
      ownerId,
      createdAt: Date.now() - 86_400_000,
      synced: synced
        ? { remote: source.digest, content: contentDigest(source.displayName, source.description, parts) }
        : null,
    })
  })
}

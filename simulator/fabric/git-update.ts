import { contentDigest, type ItemSource } from '../store/git-format'
import { newId, zeroId } from '../store/ids'
import type { ItemRecord } from '../store/records'
import { ensureFolder } from './folders'
import { type Comparison, compare, type ItemChange } from './git-compare'
import { addItem, deleteItem, storeParts } from './item-store'
import { resolveReferences } from './references'
import type { Simulation } from './simulation'
import { defineTask } from './tasks'

export type UpdatePayload = {
  readonly workspaceId: string
  readonly commit: string
  readonly callerId: string
  readonly prefersWorkspace: boolean
}

/** Makes the workspace what the commit says: items that git lost are deleted. */
export const updateTask = defineTask<UpdatePayload>('update-from-git', async (sim, payload) => {
  const workspace = sim.store.workspaces.get(payload.workspaceId)
  if (!workspace?.git) return
  const comparison = await compare(sim, workspace.id, workspace.git, payload.commit)
  const isWanted = (change: ItemChange): boolean =>
    change.remoteChange !== null && !(change.conflictType === 'Conflict' && payload.prefersWorkspace)
  apply(sim, payload, comparison, comparison.changes.filter(isWanted))
  sim.store.workspaces.update(workspace.id, {
    git: { ...workspace.git, initialized: true, head: payload.commit, lastSyncTime: Date.now() },
  })
})

function apply(sim: Simulation, payload: UpdatePayload, comparison: Comparison, changes: readonly ItemChange[]): void {
  const live = ({ directory }: ItemSource): ItemRecord | undefined => {
    const item = comparison.items.get(directory)
    return item?.deletedAt === null ? item : undefined
  }
  // New items get their ids first, so that others can refer to them.
  const ids = new Map(comparison.sources.map(source => [source.directory, live(source)?.id ?? newId()]))
  const byLogicalId = new Map(comparison.sources.map(source => [source.logicalId, ids.get(source.directory) ?? '']))
  for (const { source, item } of changes) {
    if (source === null) {
      if (item !== null) {
        deleteItem(sim, item)
        sim.store.items.update(item.id, { synced: null })
      }
      continue
    }
    const parts = resolveReferences(source.parts, byLogicalId, payload.workspaceId)
    const arriving = {
      workspaceId: payload.workspaceId,
      type: source.type,
      displayName: source.displayName,
      description: source.description,
      folderId: ensureFolder(sim, payload.workspaceId, source.folders),
      parts: storeParts(sim, parts),
      parentItemId: source.parentDirectory === null ? null : (ids.get(source.parentDirectory) ?? null),
      synced: {
        remote: source.digest,
        content: contentDigest(source.displayName, source.description, parts),
      },
      ...(source.logicalId !== zeroId && { logicalId: source.logicalId }),
    }
    const before = live(source)
    const id = ids.get(source.directory) ?? newId()
    if (before === undefined) addItem(sim, { ...arriving, id, ownerId: payload.callerId })
    else sim.store.items.put({ ...before, ...arriving, changedAt: Date.now() })
  }
}

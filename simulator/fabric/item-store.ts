import { ApiError } from '../http/api-error'
import { newId } from '../store/ids'
import type { ItemRecord, PartRecord } from '../store/records'
import { hasSqlEndpoint } from './item-types'
import type { Simulation } from './simulation'

export type ItemDraft = Pick<ItemRecord, 'workspaceId' | 'type' | 'displayName' | 'ownerId'> &
  Partial<ItemRecord> & { readonly parts: readonly PartRecord[] }

/** Puts an item into a workspace, with the children that come by themselves. */
export function addItem(sim: Simulation, draft: ItemDraft): ItemRecord {
  const now = Date.now()
  const item: ItemRecord = {
    id: newId(),
    description: '',
    folderId: null,
    logicalId: newId(),
    parentItemId: null,
    createdAt: now,
    changedAt: now,
    readyAt: 0,
    deletedAt: null,
    activeValueSetName: 'Default value set',
    published: null,
    connectionIds: [],
    reboundTo: null,
    sourceBroken: false,
    nextJobOutcomes: [],
    synced: null,
    ...draft,
  }
  sim.store.items.put(item)
  if (hasSqlEndpoint(item.type)) addEndpoint(sim, item)
  return item
}

function addEndpoint(sim: Simulation, owner: ItemRecord): void {
  addItem(sim, {
    workspaceId: owner.workspaceId,
    type: 'SQLEndpoint',
    displayName: owner.displayName,
    ownerId: owner.ownerId,
    parts: [],
    folderId: owner.folderId,
    parentItemId: owner.id,
    createdAt: owner.createdAt,
    readyAt: owner.createdAt + sim.settings.endpointDelayMs,
  })
}

/** Soft: the record stays, so that its name is reserved for a while. */
export function deleteItem(sim: Simulation, item: ItemRecord): void {
  const now = Date.now()
  sim.store.items.update(item.id, { deletedAt: now, changedAt: now })
  for (const child of childrenOf(sim, item.id)) sim.store.items.update(child.id, { deletedAt: now, changedAt: now })
  for (const pair of sim.store.pairs.all()) {
    if (pair.sourceItemId !== item.id && pair.targetItemId !== item.id) continue
    sim.store.pairs.remove(`${pair.sourceStageId}/${pair.sourceItemId}`)
  }
}

export const childrenOf = (sim: Simulation, itemId: string): ItemRecord[] =>
  sim.store.items.filter(item => item.parentItemId === itemId && item.deletedAt === null)

/** Items that are there, late children only when their time has come. */
export function liveItems(sim: Simulation, workspaceId: string): ItemRecord[] {
  const now = Date.now()
  return sim.store.items.filter(
    item => item.workspaceId === workspaceId && item.deletedAt === null && item.readyAt <= now,
  )
}

/** Throws when a name is taken, or still reserved by a deletion or a creation under way. */
export function requireFreeName(
  sim: Simulation,
  workspaceId: string,
  type: string,
  displayName: string,
  own: { readonly itemId?: string; readonly operationId?: string } = {},
): void {
  const name = displayName.toLowerCase()
  for (const item of sim.store.items.filter(item => item.workspaceId === workspaceId && item.type === type)) {
    if (item.id === own.itemId || item.displayName.toLowerCase() !== name) continue
    if (item.deletedAt === null) {
      throw new ApiError(400, 'ItemDisplayNameAlreadyInUse', `The name '${displayName}' is already in use`, {
        isRetriable: false,
      })
    }
    if (item.deletedAt + sim.settings.nameReservationMs > Date.now()) throw notAvailableYet(displayName)
  }
  const creations = sim.store.operations.filter(
    operation => operation.task === 'create-item' && operation.status === 'Running' && operation.id !== own.operationId,
  )
  for (const { payload } of creations) {
    const draft = payload as ItemDraft
    if (draft.workspaceId === workspaceId && draft.type === type && draft.displayName.toLowerCase() === name) {
      throw notAvailableYet(displayName)
    }
  }
}

const notAvailableYet = (displayName: string): ApiError =>
  new ApiError(
    400,
    'ItemDisplayNameNotAvailableYet',
    `The name '${displayName}' is not available yet, try again later`,
    {
      isRetriable: true,
    },
  )

export const partsOf = (sim: Simulation, item: ItemRecord): Map<string, Buffer> =>
  new Map(item.parts.map(part => [part.path, sim.store.blobs.get(part.hash)]))

export function storeParts(sim: Simulation, parts: Iterable<readonly [string, Buffer]>): PartRecord[] {
  return [...parts].map(([path, bytes]) => ({ path, hash: sim.store.blobs.put(bytes) }))
}

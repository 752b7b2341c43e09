import { itemTypeNamed } from '@/lib/release/item-types'
import { isPlatformPart, isRecord, partJson } from '@/lib/release/part-text'
import type { Part, Snapshot, SnapshotItem } from '@/lib/release/snapshot'
import { listCapacities } from './capacities'
import { hasErrorCode } from './errors'
import type { Fabric } from './fabric'
import { getDefinition, listItems } from './items'
import type { Item } from './schemas'
import { listSqlEndpoints, type SqlEndpoint } from './sql-endpoints'
import { getWorkspace, listFolderPaths } from './workspaces'

/**
 * Every item of a workspace with its definition, read under the limiter of the identity. SQL endpoints are left out: they are
 * children of other items. An item that vanishes meanwhile is left out too.
 */
export async function readWorkspace(fabric: Fabric, workspaceId: string): Promise<Snapshot> {
  const [items, folders] = await Promise.all([listItems(fabric, workspaceId), listFolderPaths(fabric, workspaceId)])
  const own = items.filter(item => item.type !== 'SQLEndpoint')
  const read = await Promise.all(own.map(item => readItem(fabric, workspaceId, item, folders)))
  return { workspaceId, items: read.filter(item => item !== null) }
}

export type WorkspaceState = {
  readonly workspaceId: string
  readonly workspaceName: string
  readonly items: readonly (SnapshotItem & { readonly sqlEndpoint: SqlEndpoint | null })[]
  /** Null when the workspace is on no capacity, or on one that the service identity cannot see. */
  readonly capacity: { readonly id: string; readonly displayName: string; readonly state: string } | null
}

/** A workspace as a target: with its capacity and SQL endpoints. On a capacity that is not active, items come without definitions. */
export async function readTarget(fabric: Fabric, workspaceId: string): Promise<WorkspaceState> {
  const [workspace, capacities] = await Promise.all([getWorkspace(fabric, workspaceId), listCapacities(fabric)])
  const capacity = capacities.find(one => one.id === workspace.capacityId) ?? null
  const isReadable = capacity === null || capacity.state === 'Active'
  const hasEndpoints = capacity?.state === 'Active'
  const [snapshot, endpoints] = await Promise.all([
    isReadable ? readWorkspace(fabric, workspaceId) : readNames(fabric, workspaceId),
    hasEndpoints ? listSqlEndpoints(fabric, workspaceId) : new Map<string, SqlEndpoint>(),
  ])
  return {
    workspaceId,
    workspaceName: workspace.displayName,
    items: snapshot.items.map(item => ({ ...item, sqlEndpoint: endpoints.get(item.objectId) ?? null })),
    capacity: capacity && { id: capacity.id, displayName: capacity.displayName, state: capacity.state },
  }
}

async function readNames(fabric: Fabric, workspaceId: string): Promise<Snapshot> {
  const items = await listItems(fabric, workspaceId)
  const own = items.filter(item => item.type !== 'SQLEndpoint')
  return { workspaceId, items: own.map(item => snapshotItem(item, '', null)) }
}

async function readItem(fabric: Fabric, workspaceId: string, item: Item, folders: ReadonlyMap<string, string>) {
  const folder = item.folderId ? (folders.get(item.folderId) ?? '') : ''
  if (itemTypeNamed(item.type)?.definition !== 'full' && itemTypeNamed(item.type) !== null)
    return snapshotItem(item, folder, null)
  try {
    return snapshotItem(item, folder, await getDefinition(fabric, workspaceId, item.id))
  } catch (error) {
    if (hasErrorCode(error, ...givesNoDefinition)) return snapshotItem(item, folder, null)
    if (hasErrorCode(error, 'ItemNotFound', 'EntityNotFound')) return null
    throw error
  }
}

/** The type has no definition, or a service identity does not get it: the plan says so of the item, and everything else goes on. */
const givesNoDefinition = ['OperationNotSupportedForItem', 'PrincipalTypeNotSupported']

function snapshotItem(item: Item, folder: string, parts: readonly Part[] | null): SnapshotItem {
  return {
    objectId: item.id,
    logicalId: parts === null ? null : logicalIdIn(parts),
    type: item.type,
    name: item.displayName,
    description: item.description ?? '',
    folder,
    parts,
  }
}

function logicalIdIn(parts: readonly Part[]): string | null {
  const platform = parts.find(part => isPlatformPart(part.path) && !part.path.includes('/'))
  const value = platform === undefined ? undefined : partJson(platform)
  const logicalId = isRecord(value) && isRecord(value.config) ? value.config.logicalId : null
  return typeof logicalId === 'string' && !/^[0-]*$/.test(logicalId) ? logicalId : null
}

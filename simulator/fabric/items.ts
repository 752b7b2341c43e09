import { z } from 'zod'
import { ApiError, badRequest, notFound } from '../http/api-error'
import { type Call, ok, parameter, type Reply, readJson } from '../http/call'
import { type Route, route } from '../http/router'
import type { ItemRecord, Role, WorkspaceRecord } from '../store/records'
import { requireFolder } from './folders'
import { createItemRoutes } from './item-creation'
import { deleteItem, liveItems, requireFreeName } from './item-store'
import { typeOfCollection } from './item-types'
import { itemView, typedView } from './item-view'
import { page } from './paging'
import { findItem, requireRole } from './permission'
import type { Context, Simulation } from './simulation'

function locate(context: Context, call: Call, minimum: Role): { workspace: WorkspaceRecord; item: ItemRecord } {
  const workspace = requireRole(context, parameter(call, 'workspaceId'), minimum)
  const item = findItem(context.sim, workspace.id, parameter(call, 'itemId'))
  const collection = call.parameters.collection
  if (collection !== undefined && requireType(collection) !== item.type) {
    throw notFound('ItemNotFound', 'The requested item was not found')
  }
  return { workspace, item }
}

export function requireType(collection: string): string {
  const type = typeOfCollection(collection)
  if (type === undefined) throw notFound('UnsupportedRoute', 'The requested route is not known')
  return type
}

function requireRunningCapacity(sim: Simulation, workspace: WorkspaceRecord): void {
  const capacity = workspace.capacityId === null ? undefined : sim.store.capacities.get(workspace.capacityId)
  if (capacity?.state !== 'Inactive') return
  throw new ApiError(500, 'InternalServerError', 'An unexpected error occurred while processing the request', {
    isRetriable: false,
  })
}

function list(context: Context, call: Call): Reply {
  const { sim } = context
  const workspace = requireRole(context, parameter(call, 'workspaceId'), 'Viewer')
  const collection = call.parameters.collection
  const query = call.url.searchParams
  const type = collection === undefined ? query.get('type') : requireType(collection)
  const root = query.get('rootFolderId')
  const isRecursive = query.get('recursive')?.toLowerCase() !== 'false'
  const folders =
    root === null ? null : new Set(foldersUnder(sim, requireFolder(sim, workspace.id, root).id, isRecursive))
  const shown = liveItems(sim, workspace.id).filter(
    item =>
      (type === null || item.type.toLowerCase() === type.toLowerCase()) &&
      item.createdAt + sim.settings.listLagMs <= Date.now() &&
      (folders === null ? isRecursive || item.folderId === null : item.folderId !== null && folders.has(item.folderId)),
  )
  return page(context, call, shown.map(collection === undefined ? itemView : item => typedView(sim, item)))
}

function foldersUnder(sim: Simulation, folderId: string, isRecursive: boolean): string[] {
  if (!isRecursive) return [folderId]
  const children = sim.store.folders.filter(folder => folder.parentFolderId === folderId)
  return [folderId, ...children.flatMap(child => foldersUnder(sim, child.id, true))]
}

function get(context: Context, call: Call): Reply {
  const { workspace, item } = locate(context, call, 'Viewer')
  if (call.parameters.collection === undefined) return ok(itemView(item))
  requireRunningCapacity(context.sim, workspace)
  return ok(typedView(context.sim, item))
}

const updateBody = z.object({
  displayName: z.string().min(1).max(256).optional(),
  description: z.string().max(256).optional(),
  properties: z.object({ activeValueSetName: z.string().min(1) }).optional(),
})

function update(context: Context, call: Call): Reply {
  const { sim } = context
  const { workspace, item } = locate(context, call, 'Contributor')
  const { properties, ...change } = readJson(call, updateBody)
  if (change.displayName !== undefined) {
    requireFreeName(sim, workspace.id, item.type, change.displayName, { itemId: item.id })
  }
  const active = properties?.activeValueSetName
  if (active !== undefined) requireValueSet(sim, item, active)
  sim.store.items.update(item.id, {
    ...change,
    ...(active !== undefined && { activeValueSetName: active }),
    changedAt: Date.now(),
  })
  const changed = findItem(sim, workspace.id, item.id)
  return ok(call.parameters.collection === undefined ? itemView(changed) : typedView(sim, changed))
}

function requireValueSet(sim: Simulation, item: ItemRecord, name: string): void {
  const isKnown =
    name === 'Default value set' ||
    item.parts.some(part => part.path.toLowerCase() === `valuesets/${name}.json`.toLowerCase())
  if (item.type !== 'VariableLibrary') throw badRequest('InvalidInput', `${item.type} has no value sets`)
  if (!isKnown) throw badRequest('ValueSetNotFound', `The value set '${name}' is not in the variable library`)
  sim.store.items.update(item.id, { activeValueSetName: name })
}

function remove(context: Context, call: Call): Reply {
  const isHard = call.url.searchParams.get('hardDelete')?.toLowerCase() === 'true'
  const { item } = locate(context, call, isHard ? 'Admin' : 'Contributor')
  if (item.type === 'SQLEndpoint') {
    throw badRequest('OperationNotSupportedForItem', 'Operation not supported for requested item')
  }
  deleteItem(context.sim, item)
  return ok()
}

export const itemRoutes: readonly Route<Context>[] = ['items', '{collection}'].flatMap(kind => [
  route('GET', `/v1/workspaces/{workspaceId}/${kind}`, list),
  route('GET', `/v1/workspaces/{workspaceId}/${kind}/{itemId}`, get),
  route('PATCH', `/v1/workspaces/{workspaceId}/${kind}/{itemId}`, update),
  route('DELETE', `/v1/workspaces/{workspaceId}/${kind}/{itemId}`, remove),
  ...createItemRoutes(kind),
])

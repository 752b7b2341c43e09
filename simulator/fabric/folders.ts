import { z } from 'zod'
import { badRequest, notFound } from '../http/api-error'
import { type Call, ok, parameter, type Reply, readJson } from '../http/call'
import { type Route, route } from '../http/router'
import { newId } from '../store/ids'
import type { FolderRecord, ItemRecord } from '../store/records'
import { childrenOf } from './item-store'
import { itemView } from './item-view'
import { page } from './paging'
import { findItem, requireRole } from './permission'
import type { Context, Simulation } from './simulation'

const view = (folder: FolderRecord) => ({
  id: folder.id,
  displayName: folder.displayName,
  workspaceId: folder.workspaceId,
  ...(folder.parentFolderId !== null && { parentFolderId: folder.parentFolderId }),
})

export function requireFolder(sim: Simulation, workspaceId: string, folderId: string): FolderRecord {
  const folder = sim.store.folders.get(folderId)
  if (folder?.workspaceId !== workspaceId) throw notFound('FolderNotFound', 'The requested folder was not found')
  return folder
}

const foldersIn = (sim: Simulation, workspaceId: string, parentFolderId: string | null): FolderRecord[] =>
  sim.store.folders.filter(folder => folder.workspaceId === workspaceId && folder.parentFolderId === parentFolderId)

/** The folder of a path of names, made where it is missing; the empty path is the root. */
export function ensureFolder(sim: Simulation, workspaceId: string, names: readonly string[]): string | null {
  let parentFolderId: string | null = null
  for (const displayName of names) {
    const known: FolderRecord | undefined = foldersIn(sim, workspaceId, parentFolderId).find(
      folder => folder.displayName.toLowerCase() === displayName.toLowerCase(),
    )
    parentFolderId = (known ?? sim.store.folders.put({ id: newId(), workspaceId, displayName, parentFolderId })).id
  }
  return parentFolderId
}

/** The names from the root down to a folder. */
export function folderPath(sim: Simulation, folderId: string | null): string[] {
  const folder = folderId === null ? undefined : sim.store.folders.get(folderId)
  return folder === undefined ? [] : [...folderPath(sim, folder.parentFolderId), folder.displayName]
}

function requireFreeFolderName(sim: Simulation, folder: Omit<FolderRecord, 'id'>, ownId?: string): void {
  const taken = foldersIn(sim, folder.workspaceId, folder.parentFolderId).some(
    other => other.id !== ownId && other.displayName.toLowerCase() === folder.displayName.toLowerCase(),
  )
  if (taken) throw badRequest('FolderDisplayNameAlreadyInUse', `A folder '${folder.displayName}' is already there`)
  if (folderPath(sim, folder.parentFolderId).length >= 10) {
    throw badRequest('FolderDepthLimitReached', 'Folders go ten levels deep at most')
  }
}

const nameSchema = z
  .string()
  .min(1)
  .max(255)
  .regex(/^[^~"#.&*:<>?/{|}\\]+$/, 'not a folder name')

function list(context: Context, call: Call): Reply {
  const { id } = requireRole(context, parameter(call, 'workspaceId'), 'Viewer')
  const root = call.url.searchParams.get('rootFolderId')
  const isRecursive = call.url.searchParams.get('recursive')?.toLowerCase() !== 'false'
  const under = (parent: string | null): FolderRecord[] =>
    foldersIn(context.sim, id, parent).flatMap(folder => [folder, ...(isRecursive ? under(folder.id) : [])])
  return page(context, call, under(root).map(view))
}

function get(context: Context, call: Call): Reply {
  const { id } = requireRole(context, parameter(call, 'workspaceId'), 'Viewer')
  return ok(view(requireFolder(context.sim, id, parameter(call, 'folderId'))))
}

function create(context: Context, call: Call): Reply {
  const { sim } = context
  const { id } = requireRole(context, parameter(call, 'workspaceId'), 'Contributor')
  const input = readJson(call, z.object({ displayName: nameSchema, parentFolderId: z.string().nullish() }))
  const parentFolderId = input.parentFolderId ?? null
  if (parentFolderId !== null) requireFolder(sim, id, parentFolderId)
  const draft = { workspaceId: id, displayName: input.displayName, parentFolderId }
  requireFreeFolderName(sim, draft)
  const folder = sim.store.folders.put({ id: newId(), ...draft })
  return {
    status: 201,
    headers: { Location: `${sim.baseUrl}/v1/workspaces/${id}/folders/${folder.id}` },
    body: view(folder),
  }
}

function rename(context: Context, call: Call): Reply {
  const { sim } = context
  const { id } = requireRole(context, parameter(call, 'workspaceId'), 'Contributor')
  const folder = requireFolder(sim, id, parameter(call, 'folderId'))
  const { displayName } = readJson(call, z.object({ displayName: nameSchema }))
  requireFreeFolderName(sim, { ...folder, displayName }, folder.id)
  return ok(view(sim.store.folders.put({ ...folder, displayName })))
}

function remove(context: Context, call: Call): Reply {
  const { sim } = context
  const { id } = requireRole(context, parameter(call, 'workspaceId'), 'Contributor')
  const folder = requireFolder(sim, id, parameter(call, 'folderId'))
  const holdsItems = sim.store.items.find(item => item.folderId === folder.id && item.deletedAt === null) !== undefined
  if (holdsItems || foldersIn(sim, id, folder.id).length > 0) {
    throw badRequest('FolderNotEmpty', 'The requested folder was not empty.')
  }
  sim.store.folders.remove(folder.id)
  return ok()
}

const targetSchema = z.object({ targetFolderId: z.string().nullish() })

function moveFolder(context: Context, call: Call): Reply {
  const { sim } = context
  const { id } = requireRole(context, parameter(call, 'workspaceId'), 'Contributor')
  const folder = requireFolder(sim, id, parameter(call, 'folderId'))
  const target = readJson(call, targetSchema).targetFolderId ?? null
  if (target !== null) requireFolder(sim, id, target)
  if (target !== null && isInside(sim, target, folder.id)) {
    throw badRequest('InvalidFolderMove', 'A folder cannot be moved into itself')
  }
  requireFreeFolderName(sim, { ...folder, parentFolderId: target }, folder.id)
  return ok(view(sim.store.folders.put({ ...folder, parentFolderId: target })))
}

function isInside(sim: Simulation, folderId: string | null, outerId: string): boolean {
  if (folderId === null) return false
  return folderId === outerId || isInside(sim, sim.store.folders.get(folderId)?.parentFolderId ?? null, outerId)
}

function moveTo(sim: Simulation, item: ItemRecord, folderId: string | null): ItemRecord {
  for (const child of childrenOf(sim, item.id)) sim.store.items.put({ ...child, folderId })
  return sim.store.items.put({ ...item, folderId })
}

function moveItem(context: Context, call: Call): Reply {
  const { sim } = context
  const { id } = requireRole(context, parameter(call, 'workspaceId'), 'Contributor')
  const item = findItem(sim, id, parameter(call, 'itemId'))
  const target = readJson(call, targetSchema).targetFolderId ?? null
  if (target !== null) requireFolder(sim, id, target)
  return ok({ value: [itemView(moveTo(sim, item, target))] })
}

const bulkSchema = targetSchema.extend({ items: z.array(z.string()).min(1).max(50) })

function moveItems(context: Context, call: Call): Reply {
  const { sim } = context
  const { id } = requireRole(context, parameter(call, 'workspaceId'), 'Contributor')
  const input = readJson(call, bulkSchema)
  const target = input.targetFolderId ?? null
  if (target !== null) requireFolder(sim, id, target)
  const items = input.items.map(itemId => findItem(sim, id, itemId))
  return ok({ value: items.map(item => itemView(moveTo(sim, item, target))) })
}

export const folderRoutes: readonly Route<Context>[] = [
  route('GET', '/v1/workspaces/{workspaceId}/folders', list),
  route('POST', '/v1/workspaces/{workspaceId}/folders', create),
  route('GET', '/v1/workspaces/{workspaceId}/folders/{folderId}', get),
  route('PATCH', '/v1/workspaces/{workspaceId}/folders/{folderId}', rename),
  route('DELETE', '/v1/workspaces/{workspaceId}/folders/{folderId}', remove),
  route('POST', '/v1/workspaces/{workspaceId}/folders/{folderId}/move', moveFolder),
  route('POST', '/v1/workspaces/{workspaceId}/items/{itemId}/move', moveItem),
  route('POST', '/v1/workspaces/{workspaceId}/items/bulkMove', moveItems),
]

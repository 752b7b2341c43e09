import path from 'node:path'
import { z } from 'zod'
import { platformPart } from '../fabric/definitions'
import { folderPath } from '../fabric/folders'
import { liveItems, partsOf } from '../fabric/item-store'
import { typedView } from '../fabric/item-view'
import { loadItems } from '../fabric/load-items'
import { findWorkspace } from '../fabric/permission'
import { principalSchema } from '../fabric/role-assignments'
import { settleEndpoints } from '../fabric/seed'
import { addWorkspace } from '../fabric/workspaces'
import { notFound } from '../http/api-error'
import { type Call, ok, parameter, type Reply, readJson } from '../http/call'
import { type Route, route } from '../http/router'
import { readFolder } from '../store/files'
import { parseItems } from '../store/git-format'
import { newId, sha256 } from '../store/ids'
import type { Control } from './control'

const workspaceSchema = z.object({
  id: z.guid().optional(),
  displayName: z.string().min(1).max(256),
  description: z.string().default(''),
  capacityId: z.string().nullable().optional(),
  roles: z
    .array(z.object({ principal: principalSchema, role: z.enum(['Admin', 'Member', 'Contributor', 'Viewer']) }))
    .optional(),
  /** A folder on this machine with items in git-sync format. */
  folder: z.string().optional(),
  /** Turn logical ids into object ids; off, parts keep their very bytes. */
  resolve: z.boolean().default(false),
})

/** Without roles every service principal of the tenant that signs nobody in becomes Admin; without capacity the first serves. */
function create({ sim }: Control, call: Call): Reply {
  const input = readJson(call, workspaceSchema)
  const capacityId = input.capacityId === undefined ? (sim.store.capacities.all()[0]?.id ?? null) : input.capacityId
  const { displayName, description } = input
  const workspace = addWorkspace(sim, { id: (input.id ?? newId()).toLowerCase(), displayName, description, capacityId })
  const services = sim.tenant.applications
    .filter(application => !application.signsPeopleIn)
    .map(({ objectId }) => ({ principal: { id: objectId, type: 'ServicePrincipal' as const }, role: 'Admin' as const }))
  const roles = input.roles ?? services
  for (const own of roles) sim.store.roles.put({ scope: workspace.id, ...own })
  if (input.folder !== undefined) {
    const sources = parseItems(readFolder(path.resolve(input.folder)))
    const ownerId = roles[0]?.principal.id ?? workspace.id
    loadItems(sim, workspace.id, sources, { ownerId, resolve: input.resolve, synced: false })
    settleEndpoints(sim, workspace.id)
  }
  return { status: 201, body: contentsOf(sim, workspace.id) }
}

function contentsOf(sim: Control['sim'], workspaceId: string) {
  const { id, displayName, capacityId, git } = findWorkspace(sim, workspaceId)
  const items = liveItems(sim, id).map(item => ({
    ...typedView(sim, item),
    folder: folderPath(sim, item.folderId).join('/'),
    ownerId: item.ownerId,
    parts: item.parts,
  }))
  return { id, displayName, capacityId, git, items }
}

const get = ({ sim }: Control, call: Call): Reply => ok(contentsOf(sim, parameter(call, 'workspaceId')))

/** One part as it is stored, for a test that compares bytes. */
function getPart({ sim }: Control, call: Call): Reply {
  const item = sim.store.items.get(parameter(call, 'itemId'))
  const name = call.url.searchParams.get('path') ?? ''
  const bytes =
    item === undefined ? undefined : name === '.platform' ? platformPart(item) : partsOf(sim, item).get(name)
  if (bytes === undefined) throw notFound('PartNotFound', 'There is no such part')
  return {
    status: 200,
    headers: { 'Content-Type': 'application/octet-stream', 'x-sha256': sha256(bytes) },
    body: bytes,
  }
}

export const workspaceControlRoutes: readonly Route<Control>[] = [
  route('POST', '/_sim/workspaces', create),
  route('GET', '/_sim/workspaces/{workspaceId}', get),
  route('GET', '/_sim/items/{itemId}/part', getPart),
]

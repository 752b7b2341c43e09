import { z } from 'zod'
import { ApiError, badRequest, notFound } from '../http/api-error'
import { type Call, ok, parameter, type Reply, readJson } from '../http/call'
import { type Route, route } from '../http/router'
import { newId } from '../store/ids'
import type { WorkspaceRecord } from '../store/records'
import { deleteItem, liveItems } from './item-store'
import { page } from './paging'
import { requireRole, roleIn } from './permission'
import type { Context, Simulation } from './simulation'

function view(sim: Simulation, workspace: WorkspaceRecord) {
  const { id, displayName, description, capacityId } = workspace
  return {
    id,
    displayName,
    description,
    type: 'Workspace',
    ...(capacityId !== null && { capacityId, capacityRegion: sim.store.capacities.get(capacityId)?.region }),
  }
}

function detailedView(sim: Simulation, workspace: WorkspaceRecord) {
  const region = sim.store.capacities
    .get(workspace.capacityId ?? '')
    ?.region.toLowerCase()
    .replaceAll(' ', '')
  return {
    ...view(sim, workspace),
    ...(region !== undefined && {
      oneLakeEndpoints: {
        blobEndpoint: `https://${region}-onelake.blob.fabric.microsoft.com`,
        dfsEndpoint: `https://${region}-onelake.dfs.fabric.microsoft.com`,
      },
    }),
    ...((workspace.capacityId !== null || workspace.capacitySettledAt > Date.now()) && {
      capacityAssignmentProgress: workspace.capacitySettledAt > Date.now() ? 'InProgress' : 'Completed',
    }),
  }
}

function list(context: Context, call: Call): Reply {
  const { sim } = context
  const asked = call.url.searchParams.get('roles')?.toLowerCase().split(',') ?? null
  const shown = sim.store.workspaces.filter(workspace => {
    const role = workspace.deletedAt === null ? roleIn(context, workspace.id) : null
    return role !== null && (asked === null || asked.includes(role.toLowerCase()))
  })
  return page(
    context,
    call,
    shown.map(workspace => view(sim, workspace)),
  )
}

const get = (context: Context, call: Call): Reply =>
  ok(detailedView(context.sim, requireRole(context, parameter(call, 'workspaceId'), 'Viewer')))

const names = {
  displayName: z.string().min(1).max(256),
  description: z.string().max(4000).nullish(),
}

function create(context: Context, call: Call): Reply {
  const { sim, caller } = context
  const input = readJson(call, z.object({ ...names, capacityId: z.string().nullish() }))
  requireFreeWorkspaceName(sim, input.displayName, null)
  const capacityId = input.capacityId ?? null
  if (capacityId !== null) requireCapacityById(sim, capacityId)
  const workspace = addWorkspace(sim, {
    displayName: input.displayName,
    description: input.description ?? '',
    capacityId,
  })
  sim.store.roles.put({ scope: workspace.id, principal: { id: caller.id, type: caller.type }, role: 'Admin' })
  return {
    status: 201,
    headers: { Location: `${sim.baseUrl}/v1/workspaces/${workspace.id}` },
    body: view(sim, workspace),
  }
}

export const addWorkspace = (
  sim: Simulation,
  draft: Pick<WorkspaceRecord, 'displayName'> & Partial<WorkspaceRecord>,
): WorkspaceRecord =>
  sim.store.workspaces.put({
    id: newId(),
    description: '',
    capacityId: null,
    capacitySettledAt: 0,
    git: null,
    deletedAt: null,
    ...draft,
  })

export function requireFreeWorkspaceName(sim: Simulation, displayName: string, ownId: string | null): void {
  const taken = sim.store.workspaces.find(
    other =>
      other.id !== ownId && other.deletedAt === null && other.displayName.toLowerCase() === displayName.toLowerCase(),
  )
  if (taken !== undefined) throw new ApiError(409, 'WorkspaceNameAlreadyExists', `The name '${displayName}' is taken`)
}

function update(context: Context, call: Call): Reply {
  const { sim } = context
  const workspace = requireRole(context, parameter(call, 'workspaceId'), 'Admin')
  const input = readJson(call, z.object(names).partial())
  if (input.displayName !== undefined) requireFreeWorkspaceName(sim, input.displayName, workspace.id)
  const changed = sim.store.workspaces.put({
    ...workspace,
    displayName: input.displayName ?? workspace.displayName,
    description: input.description ?? workspace.description,
  })
  return ok(view(sim, changed))
}

function remove(context: Context, call: Call): Reply {
  const { sim } = context
  const workspace = requireRole(context, parameter(call, 'workspaceId'), 'Admin')
  for (const item of liveItems(sim, workspace.id)) deleteItem(sim, item)
  for (const stage of sim.store.stages.filter(stage => stage.workspaceId === workspace.id)) {
    sim.store.stages.put({ ...stage, workspaceId: null })
  }
  sim.store.workspaces.put({ ...workspace, deletedAt: Date.now() })
  return ok()
}

function requireCapacityById(sim: Simulation, id: string): void {
  const capacity = sim.store.capacities.get(id)
  if (capacity === undefined) throw notFound('CapacityNotFound', 'The requested capacity was not found')
  if (capacity.state === 'Inactive') throw badRequest('CapacityNotActive', 'The capacity is paused')
}

function assign(context: Context, call: Call): Reply {
  const { sim } = context
  const workspace = requireRole(context, parameter(call, 'workspaceId'), 'Admin')
  const { capacityId } = readJson(call, z.object({ capacityId: z.string() }))
  requireCapacityById(sim, capacityId)
  return settle(sim, workspace, capacityId)
}

function unassign(context: Context, call: Call): Reply {
  const { sim } = context
  const workspace = requireRole(context, parameter(call, 'workspaceId'), 'Admin')
  const bound = liveItems(sim, workspace.id).some(
    item => !['SemanticModel', 'Report', 'PaginatedReport'].includes(item.type),
  )
  if (bound) throw badRequest('WorkspaceHasFabricItems', 'A workspace with Fabric items cannot leave its capacity')
  return settle(sim, workspace, null)
}

// 202 with neither body nor headers, as recorded: progress shows in the workspace alone.
function settle(sim: Simulation, workspace: WorkspaceRecord, capacityId: string | null): Reply {
  sim.store.workspaces.put({
    ...workspace,
    capacityId,
    capacitySettledAt: Date.now() + sim.settings.capacityAssignmentMs,
  })
  return { status: 202 }
}

const capacities = (context: Context, call: Call): Reply => page(context, call, context.sim.store.capacities.all())

function capacity(context: Context, call: Call): Reply {
  const found = context.sim.store.capacities.get(parameter(call, 'capacityId'))
  if (found === undefined) throw notFound('CapacityNotFound', 'The requested capacity was not found')
  return ok(found)
}

export const workspaceRoutes: readonly Route<Context>[] = [
  route('GET', '/v1/workspaces', list),
  route('POST', '/v1/workspaces', create),
  route('GET', '/v1/workspaces/{workspaceId}', get),
  route('PATCH', '/v1/workspaces/{workspaceId}', update),
  route('DELETE', '/v1/workspaces/{workspaceId}', remove),
  route('POST', '/v1/workspaces/{workspaceId}/assignToCapacity', assign),
  route('POST', '/v1/workspaces/{workspaceId}/unassignFromCapacity', unassign),
  route('GET', '/v1/capacities', capacities),
  route('GET', '/v1/capacities/{capacityId}', capacity),
]

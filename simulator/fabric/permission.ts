import { ApiError, notFound } from '../http/api-error'
import { isId } from '../store/ids'
import type { ItemRecord, PipelineRecord, Role, WorkspaceRecord } from '../store/records'
import type { Context, Simulation } from './simulation'

const ranks: Record<Role, number> = { Viewer: 1, Contributor: 2, Member: 3, Admin: 4 }

export const isAtLeast = (role: Role | null, minimum: Role): boolean => role !== null && ranks[role] >= ranks[minimum]

/** The strongest role of the caller in a workspace, its own or of a group. */
export function roleIn({ sim, caller }: Context, workspaceId: string): Role | null {
  if (caller.isTenantAdmin) return 'Admin'
  let strongest: Role | null = null
  for (const id of [caller.id, ...caller.groupIds]) {
    const role = sim.store.roles.get(`${workspaceId}/${id}`)?.role ?? null
    if (role !== null && (strongest === null || ranks[role] > ranks[strongest])) strongest = role
  }
  return strongest
}

export function findWorkspace(sim: Simulation, id: string): WorkspaceRecord {
  const workspace = sim.store.workspaces.get(id)
  if (!isId(id)) throw new ApiError(400, 'InvalidParameter', `'${id}' is not a workspace id`)
  if (workspace === undefined || workspace.deletedAt !== null) {
    throw notFound('WorkspaceNotFound', 'The requested workspace was not found')
  }
  return workspace
}

/** The workspace, if the caller holds at least that role there. */
export function requireRole(context: Context, workspaceId: string, minimum: Role): WorkspaceRecord {
  const workspace = findWorkspace(context.sim, workspaceId)
  if (!isAtLeast(roleIn(context, workspace.id), minimum)) throw insufficient(`the ${minimum} role in the workspace`)
  return workspace
}

export function findItem(sim: Simulation, workspaceId: string, itemId: string): ItemRecord {
  const item = sim.store.items.get(itemId)
  const isThere =
    item !== undefined &&
    item.deletedAt === null &&
    item.workspaceId === workspaceId.toLowerCase() &&
    item.readyAt <= Date.now()
  if (!isThere) throw notFound('ItemNotFound', 'The requested item was not found')
  return item
}

export function requirePipeline(context: Context, pipelineId: string): PipelineRecord {
  const pipeline = context.sim.store.pipelines.get(pipelineId)
  if (pipeline === undefined) {
    throw notFound('DeploymentPipelineNotFound', 'The requested deployment pipeline was not found')
  }
  if (roleIn(context, pipeline.id) !== 'Admin') throw insufficient('the Admin role of the deployment pipeline')
  return pipeline
}

export const insufficient = (what: string): ApiError =>
  new ApiError(403, 'InsufficientPrivileges', `The caller does not have ${what}`)

/** Refuses work in a workspace whose capacity is missing or paused. */
export function requireCapacity(sim: Simulation, workspace: WorkspaceRecord, itemType: string): void {
  const capacity = workspace.capacityId === null ? undefined : sim.store.capacities.get(workspace.capacityId)
  if (capacity === undefined) {
    if (['SemanticModel', 'Report', 'PaginatedReport'].includes(itemType)) return
    throw new ApiError(403, 'FeatureNotAvailable', 'The workspace is not on a capacity that supports the item type')
  }
  if (capacity.state === 'Inactive') {
    throw new ApiError(400, 'CapacityNotActive', `The capacity ${capacity.displayName} is paused`, {
      isRetriable: false,
    })
  }
}

export function requireSupportedPrincipal({ sim, caller }: Context, itemType: string): void {
  if (caller.type !== 'ServicePrincipal') return
  if (!sim.settings.typesRefusedToServicePrincipals.includes(itemType)) return
  throw new ApiError(403, 'PrincipalTypeNotSupported', `Service principals are not supported for ${itemType}`)
}

import { insufficient, requireRole } from '../fabric/permission'
import type { Context } from '../fabric/simulation'
import { notFound } from '../http/api-error'
import { type Call, parameter } from '../http/call'
import type { ItemRecord, Role } from '../store/records'

/** The model or report of a path, with or without its workspace (`groups/{groupId}`). */
export function locate(context: Context, call: Call, type: 'SemanticModel' | 'Report', minimum: Role): ItemRecord {
  const name = type === 'SemanticModel' ? 'datasetId' : 'reportId'
  const item = context.sim.store.items.get(parameter(call, name))
  const groupId = call.parameters.groupId?.toLowerCase()
  const isThere = item?.type === type && item.deletedAt === null && (groupId ?? item.workspaceId) === item.workspaceId
  if (!isThere) throw notFound('PowerBIEntityNotFound', `The ${type} was not found`)
  requireRole(context, item.workspaceId, minimum)
  return item
}

export function requireOwner({ caller }: Context, model: ItemRecord): void {
  if (model.ownerId !== caller.id && !caller.isTenantAdmin) throw insufficient('the ownership of the semantic model')
}

const roots = ['/v1.0/myorg', '/v1.0/myorg/groups/{groupId}']

/** A path in both forms, of "my workspace" and of a workspace. */
export const inBothForms = (path: string): string[] => roots.map(root => root + path)

import { z } from 'zod'
import { badRequest, notFound } from '../http/api-error'
import { type Call, ok, parameter, type Reply, readJson } from '../http/call'
import { type Route, route } from '../http/router'
import type { PrincipalType, RoleAssignmentRecord } from '../store/records'
import { page } from './paging'
import { insufficient, isAtLeast, requirePipeline, requireRole, roleIn } from './permission'
import type { Context, Simulation } from './simulation'

/** An assignment goes by the id of its principal, as in recorded traffic. */
export function assignmentView({ tenant }: Simulation, { principal, role }: RoleAssignmentRecord) {
  return { id: principal.id, principal: { ...principal, ...principalDetails(tenant, principal) }, role }
}

function principalDetails(tenant: Simulation['tenant'], { id }: { readonly id: string }): object {
  const application = tenant.applications.find(known => known.objectId === id)
  if (application !== undefined) {
    return { displayName: application.displayName, servicePrincipalDetails: { aadAppId: application.clientId } }
  }
  const person = tenant.people.find(known => known.objectId === id)
  if (person !== undefined) {
    return { displayName: person.displayName, userDetails: { userPrincipalName: person.mail } }
  }
  const group = tenant.groups.find(known => known.id === id)
  return group === undefined ? {} : { displayName: group.displayName, groupDetails: { groupType: 'SecurityGroup' } }
}

/** What a principal really is: a caller who names a wrong type is corrected, as recorded. */
export function resolvePrincipal(
  { tenant, open }: Simulation,
  asked: { readonly id: string; readonly type: PrincipalType },
): { id: string; type: PrincipalType } {
  if (tenant.applications.some(known => known.objectId === asked.id)) return { id: asked.id, type: 'ServicePrincipal' }
  if (tenant.people.some(known => known.objectId === asked.id)) return { id: asked.id, type: 'User' }
  if (tenant.groups.some(known => known.id === asked.id)) return { id: asked.id, type: 'Group' }
  if (open) return asked
  throw badRequest('PrincipalNotFound', 'The provided principal was not found', [
    { relatedResource: { resourceId: asked.id, resourceType: 'Principal' } },
  ])
}

export const principalSchema = z.object({
  id: z.string(),
  type: z.enum(['User', 'Group', 'ServicePrincipal', 'ServicePrincipalProfile']),
})

const roleSchema = z.preprocess(
  word => (typeof word === 'string' ? word.slice(0, 1).toUpperCase() + word.slice(1).toLowerCase() : word),
  z.enum(['Admin', 'Member', 'Contributor', 'Viewer']),
)

const rolesOf = (sim: Simulation, scope: string): RoleAssignmentRecord[] =>
  sim.store.roles.filter(assignment => assignment.scope === scope)

function list(context: Context, call: Call): Reply {
  const { id } = requireRole(context, parameter(call, 'workspaceId'), 'Member')
  return page(
    context,
    call,
    rolesOf(context.sim, id).map(own => assignmentView(context.sim, own)),
  )
}

function requireAssignment(sim: Simulation, scope: string, call: Call): RoleAssignmentRecord {
  const found = sim.store.roles.get(`${scope}/${parameter(call, 'assignmentId')}`)
  if (found === undefined) throw notFound('RoleAssignmentNotFound', 'The role assignment was not found')
  return found
}

function get(context: Context, call: Call): Reply {
  const { id } = requireRole(context, parameter(call, 'workspaceId'), 'Member')
  return ok(assignmentView(context.sim, requireAssignment(context.sim, id, call)))
}

function add(context: Context, call: Call): Reply {
  const { sim } = context
  const { id } = requireRole(context, parameter(call, 'workspaceId'), 'Member')
  const input = readJson(call, z.object({ principal: principalSchema, role: roleSchema }))
  if (!isAtLeast(roleIn(context, id), input.role)) throw insufficient('a role as high as the one given')
  const principal = resolvePrincipal(sim, input.principal)
  if (sim.store.roles.get(`${id}/${principal.id}`) !== undefined) {
    throw badRequest('PrincipalAlreadyHasWorkspaceRolePermissions', 'The principal already has a role')
  }
  const added = sim.store.roles.put({ scope: id, principal, role: input.role })
  return {
    status: 201,
    headers: { Location: `${sim.baseUrl}/v1/workspaces/${id}/roleAssignments/${principal.id}` },
    body: assignmentView(sim, added),
  }
}

function update(context: Context, call: Call): Reply {
  const { sim } = context
  const { id } = requireRole(context, parameter(call, 'workspaceId'), 'Admin')
  const own = requireAssignment(sim, id, call)
  const { role } = readJson(call, z.object({ role: roleSchema }))
  if (role !== 'Admin') protectLastAdmin(sim, own)
  return ok(assignmentView(sim, sim.store.roles.put({ ...own, role })))
}

function remove(context: Context, call: Call): Reply {
  const { sim } = context
  const { id } = requireRole(context, parameter(call, 'workspaceId'), 'Admin')
  const own = requireAssignment(sim, id, call)
  protectLastAdmin(sim, own)
  sim.store.roles.remove(`${id}/${own.principal.id}`)
  return ok()
}

function protectLastAdmin(sim: Simulation, own: RoleAssignmentRecord): void {
  const admins = rolesOf(sim, own.scope).filter(other => other.role === 'Admin')
  if (own.role === 'Admin' && admins.length === 1) throw badRequest('LastAdmin', 'The last admin has to stay')
}

function listOfPipeline(context: Context, call: Call): Reply {
  const { id } = requirePipeline(context, parameter(call, 'pipelineId'))
  return page(
    context,
    call,
    rolesOf(context.sim, id).map(own => assignmentView(context.sim, own)),
  )
}

function addToPipeline(context: Context, call: Call): Reply {
  const { sim } = context
  const { id } = requirePipeline(context, parameter(call, 'pipelineId'))
  const input = readJson(call, z.object({ principal: principalSchema, role: z.literal('Admin') }))
  const principal = resolvePrincipal(sim, input.principal)
  return ok(assignmentView(sim, sim.store.roles.put({ scope: id, principal, role: 'Admin' })))
}

function removeFromPipeline(context: Context, call: Call): Reply {
  const { sim } = context
  const { id } = requirePipeline(context, parameter(call, 'pipelineId'))
  const own = requireAssignment(sim, id, call)
  protectLastAdmin(sim, own)
  sim.store.roles.remove(`${id}/${own.principal.id}`)
  return ok()
}

const workspaceRoles = '/v1/workspaces/{workspaceId}/roleAssignments'
const pipelineRoles = '/v1/deploymentPipelines/{pipelineId}/roleAssignments'

export const roleRoutes: readonly Route<Context>[] = [
  route('GET', workspaceRoles, list),
  route('POST', workspaceRoles, add),
  route('GET', `${workspaceRoles}/{assignmentId}`, get),
  route('PATCH', `${workspaceRoles}/{assignmentId}`, update),
  route('DELETE', `${workspaceRoles}/{assignmentId}`, remove),
  route('GET', pipelineRoles, listOfPipeline),
  route('POST', pipelineRoles, addToPipeline),
  route('DELETE', `${pipelineRoles}/{assignmentId}`, removeFromPipeline),
]

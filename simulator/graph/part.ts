import type { IncomingMessage, ServerResponse } from 'node:http'
import { readJsonObject, sendJson } from '../entra/http'
import { readClaims } from '../entra/keys'
import type { Part, PartContext } from '../part'
import type { Person, Tenant } from '../tenant'

/** People and groups, as far as a portal asks Microsoft Graph for them. */
export async function createGraphPart(context: PartContext): Promise<Part> {
  const faults = { down: false }
  return {
    async handle(request, response, url) {
      if (url.pathname === '/_sim/graph') {
        const body = request.method === 'POST' ? await readJsonObject(request) : {}
        if (typeof body?.down === 'boolean') faults.down = body.down
        return sendJson(response, body ? 200 : 400, faults)
      }
      if (!url.pathname.startsWith('/graph/v1.0/')) return false
      if (faults.down) return fail(response, 503, 'serviceNotAvailable', 'The service is temporarily unavailable.')
      const refusal = context.open ? null : whyRefused(request.headers.authorization, context.tenant)
      if (refusal) return fail(response, 401, 'InvalidAuthenticationToken', refusal)
      return answer(context, request, response, url)
    },
    close: async () => undefined,
  }
}

async function answer(
  context: PartContext,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<true> {
  const { tenant } = context
  const [kind = '', id, relation, cast] = url.pathname.slice('/graph/v1.0/'.length).split('/').map(decodeURIComponent)
  const list = (name: string, value: readonly unknown[]) => sendJson(response, 200, paged(context, url, name, value))
  if (kind === 'groups' && id === undefined) return list('groups', tenant.groups.map(groupOf))
  if (kind === 'users' && id === undefined) return list('users', tenant.people.map(userOf))
  if (kind === 'groups' && id !== undefined && relation === undefined) {
    const group = tenant.groups.find(g => g.id === id)
    return group
      ? sendJson(response, 200, { ...contextOf(context, 'groups/$entity'), ...groupOf(group) })
      : missing(response, id)
  }
  if (kind !== 'users' || id === undefined)
    return fail(response, 400, 'BadRequest', `Resource not found for the segment '${kind}'.`)
  const person = tenant.people.find(p => p.objectId === id || p.mail.toLowerCase() === id.toLowerCase())
  if (!person) return missing(response, id)
  if (relation === undefined)
    return sendJson(response, 200, { ...contextOf(context, 'users/$entity'), ...userOf(person) })
  if (relation === 'transitiveMemberOf' || relation === 'memberOf') {
    const typed = cast === undefined ? { '@odata.type': '#microsoft.graph.group' } : {}
    return list(
      'directoryObjects',
      groupsOf(person, tenant).map(group => ({ ...typed, ...group })),
    )
  }
  if (request.method === 'POST' && /^(checkMemberGroups|getMemberGroups|getMemberObjects)$/.test(relation)) {
    const asked = (await readJsonObject(request))?.groupIds
    if (relation !== 'checkMemberGroups') return list('Edm.String', person.groupIds)
    if (!Array.isArray(asked) || asked.length > 20) {
      return fail(response, 400, 'Request_BadRequest', 'groupIds has to be a list of at most 20 ids.')
    }
    return list(
      'Edm.String',
      person.groupIds.filter(groupId => asked.includes(groupId)),
    )
  }
  return fail(response, 400, 'BadRequest', `Resource not found for the segment '${relation}'.`)
}

function whyRefused(header: string | undefined, tenant: Tenant): string | null {
  const [, token] = /^Bearer (\S+)$/i.exec(header ?? '') ?? []
  if (!token) return 'Access token is empty.'
  const claims = readClaims(token)
  if (!claims) return 'IDX14100: JWT is not well formed.'
  if (claims.tid !== tenant.tenantId) return 'Access token validation failure. Invalid tenant.'
  if (!/graph/i.test(String(claims.aud))) return 'Access token validation failure. Invalid audience.'
  return Number(claims.exp) * 1000 > Date.now() ? null : 'Lifetime validation failed, the token is expired.'
}

/** A page of at most `$top` (100) entries. */
function paged(context: PartContext, url: URL, name: string, value: readonly unknown[]) {
  const top = Math.min(Math.max(Number(url.searchParams.get('$top') ?? 100) || 100, 1), 999)
  const skip = Number(url.searchParams.get('$skiptoken') ?? 0) || 0
  const next = new URL(`${url.pathname}${url.search}`, context.baseUrl)
  next.searchParams.set('$skiptoken', String(skip + top))
  return {
    ...contextOf(context, name),
    ...(skip + top < value.length ? { '@odata.nextLink': next.href } : {}),
    value: value.slice(skip, skip + top),
  }
}

const contextOf = (context: PartContext, name: string) => ({
  '@odata.context': `${context.baseUrl}/graph/v1.0/$metadata#${name}`,
})
const groupsOf = (person: Person, tenant: Tenant) =>
  tenant.groups.filter(g => person.groupIds.includes(g.id)).map(groupOf)

function groupOf(group: Tenant['groups'][number]) {
  const { id, displayName } = group
  return { id, displayName, securityEnabled: true, mailEnabled: false, groupTypes: [] }
}

function userOf(person: Person) {
  const { objectId, displayName, mail } = person
  return { id: objectId, displayName, mail, userPrincipalName: mail, accountEnabled: true }
}

const missing = (response: ServerResponse, id: string) =>
  fail(
    response,
    404,
    'Request_ResourceNotFound',
    `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`,
  )

function fail(response: ServerResponse, status: number, code: string, message: string): true {
  const date = new Date().toISOString().slice(0, 19)
  return sendJson(response, status, {
    error: { code, message, innerError: { date, 'request-id': crypto.randomUUID() } },
  })
}

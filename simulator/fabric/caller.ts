import { z } from 'zod'
import { ApiError } from '../http/api-error'
import type { Principal } from '../store/records'
import type { Tenant } from '../tenant'

export type Caller = Principal & { readonly isTenantAdmin: boolean; readonly groupIds: readonly string[] }

const claimsSchema = z.object({
  appid: z.string(),
  oid: z.string(),
  aud: z.union([z.string(), z.array(z.string())]).optional(),
  exp: z.number(),
})

export type Claims = z.infer<typeof claimsSchema>

/** The claims of an access token of the Entra part, or null when it is none. */
export function readToken(token: string): Claims | null {
  const middle = token.split('.')[1]
  if (middle === undefined) return null
  try {
    return claimsSchema.parse(JSON.parse(Buffer.from(middle, 'base64url').toString('utf8')))
  } catch {
    return null
  }
}

const outsideAdmin: Caller = {
  id: '99999999-0000-4000-8000-000000000001',
  type: 'User',
  isTenantAdmin: true,
  groupIds: [],
}

/** Who calls; throws Fabric's 401 when that cannot be told. */
export function identify(tenant: Tenant, open: boolean, authorization: string | undefined, now: number): Caller {
  const token = /^Bearer (.+)$/i.exec(authorization ?? '')?.[1]
  if (token === undefined) throw unauthenticated('Unauthorized', 'The request has no bearer token')
  const claims = readToken(token)
  const application = tenant.applications.find(known => known.clientId === claims?.appid)
  if (claims === null || application === undefined) {
    if (open) return outsideAdmin
    throw unauthenticated('InvalidToken', 'The access token is not valid')
  }
  if (claims.exp * 1000 <= now)
    throw unauthenticated('TokenExpired', 'Access token has expired, resubmit with a new access token')
  if (open) return { ...outsideAdmin, id: claims.oid }
  if (claims.oid === application.objectId) {
    return { id: claims.oid, type: 'ServicePrincipal', isTenantAdmin: false, groupIds: [] }
  }
  const person = tenant.people.find(known => known.objectId === claims.oid)
  if (person === undefined) throw unauthenticated('UserNotLicensed', 'The user is not known in the tenant')
  return { id: person.objectId, type: 'User', isTenantAdmin: false, groupIds: person.groupIds }
}

const unauthenticated = (errorCode: string, message: string): ApiError => new ApiError(401, errorCode, message)

import { randomUUID } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import type { Application, Tenant } from '../tenant'
import { sendJson } from './http'
import { type Keys, readClaims, signToken } from './keys'

const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

/** Answers a client credentials request with an application's access token, or as Entra refuses it. */
export function grantClientCredentials(
  form: URLSearchParams,
  basic: { readonly clientId: string; readonly secret: string } | null,
  tenant: Tenant,
  keys: Keys,
  lifetimeSeconds: number,
  response: ServerResponse,
): true {
  const clientId = form.get('client_id') ?? basic?.clientId ?? ''
  const application = tenant.applications.find(a => a.clientId === clientId)
  if (!application) {
    const sentence = `Application with identifier '${clientId}' was not found in the directory '${tenant.tenantId}'.`
    return refuse(response, 400, 'unauthorized_client', 700016, sentence)
  }
  const secret = form.get('client_secret') ?? basic?.secret ?? null
  const assertion = form.get('client_assertion')
  if (secret === null && assertion === null) {
    const sentence = "The request body must contain the following parameter: 'client_assertion' or 'client_secret'."
    return refuse(response, 401, 'invalid_client', 7000218, sentence)
  }
  if (assertion !== null && !isAssertionOf(application, assertion, form.get('client_assertion_type'))) {
    return refuse(response, 401, 'invalid_client', 700027, 'The client assertion failed its validation.')
  }
  if (assertion === null && secret !== application.clientSecret) {
    const sentence = `Invalid client secret provided for app '${clientId}'.`
    return refuse(response, 401, 'invalid_client', 7000215, sentence)
  }
  const scope = form.get('scope') ?? ''
  if (!scope.endsWith('/.default')) {
    const sentence = `The provided value for scope ${scope} is not valid. It must be one resource with the suffix /.default.`
    return refuse(response, 400, 'invalid_scope', 1002012, sentence)
  }
  const claims = claimsOf(application, tenant, scope.slice(0, -'/.default'.length), lifetimeSeconds)
  return sendJson(response, 200, {
    token_type: 'Bearer',
    expires_in: lifetimeSeconds,
    ext_expires_in: lifetimeSeconds,
    access_token: signToken(keys, claims),
  })
}

/** The tenant knows no certificates, so an assertion is judged by its claims and not by its signature. */
function isAssertionOf(application: Application, assertion: string, type: string | null): boolean {
  const claims = readClaims(assertion)
  if (!claims || type !== assertionType) return false
  const { iss, sub, exp } = claims
  return iss === application.clientId && sub === application.clientId && Number(exp) > Date.now() / 1000
}

function claimsOf(application: Application, tenant: Tenant, audience: string, lifetimeSeconds: number) {
  const iat = Math.floor(Date.now() / 1000)
  return {
    aud: audience,
    iss: `https://sts.windows.net/${tenant.tenantId}/`,
    iat,
    nbf: iat,
    exp: iat + lifetimeSeconds,
    appid: application.clientId,
    appidacr: '1',
    app_displayname: application.displayName,
    idtyp: 'app',
    oid: application.objectId,
    sub: application.objectId,
    tid: tenant.tenantId,
    uti: randomUUID(),
    ver: '1.0',
  }
}

export function refuseUnknownTenant(response: ServerResponse, tenant: string): true {
  const sentence = `Tenant '${tenant}' not found. Check to make sure you have the correct tenant ID.`
  return refuse(response, 400, 'invalid_request', 90002, sentence)
}

/** An error in the form of Entra's token endpoint. */
export function refuse(
  response: ServerResponse,
  status: number,
  error: string,
  number: number,
  sentence: string,
): true {
  const [traceId, correlationId, timestamp] = [randomUUID(), randomUUID(), new Date().toISOString()]
  return sendJson(response, status, {
    error,
    error_description: `AADSTS${number}: ${sentence} Trace ID: ${traceId} Correlation ID: ${correlationId} Timestamp: ${timestamp.slice(0, 19).replace('T', ' ')}Z`,
    error_codes: [number],
    timestamp: `${timestamp.slice(0, 19).replace('T', ' ')}Z`,
    trace_id: traceId,
    correlation_id: correlationId,
  })
}

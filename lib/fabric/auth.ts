import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { ConfidentialClientApplication, type Configuration } from '@azure/msal-node'
import { FabricError } from './errors'

export type Identity = {
  /** `https://login.microsoftonline.com`; a plain http one only on loopback. */
  readonly authority: string
  readonly tenantId: string
  readonly clientId: string
  readonly secret: string | null
  readonly certificatePath: string | null
}

/** Gives an access token for a scope. `isRefused`: the service did not accept the last one, so that a new one is asked for. */
export type TokenSource = (scope: string, isRefused?: boolean) => Promise<string>

const renewBeforeMs = 5 * 60_000

/** One token per scope, asked for once however many calls wait for it, and renewed before it ends. */
export function openTokens(identity: Identity): TokenSource {
  const application = new ConfidentialClientApplication({ auth: authOf(identity) })
  const held = new Map<string, Promise<{ token: string; renewAt: number }>>()

  async function ask(scope: string, skipCache: boolean) {
    const answer = await application.acquireTokenByClientCredential({ scopes: [scope], skipCache })
    if (!answer) throw new Error('Entra gave no token')
    const endsAt = answer.expiresOn?.getTime() ?? Date.now()
    const lifetimeMs = endsAt - Date.now()
    return { token: answer.accessToken, renewAt: endsAt - Math.min(renewBeforeMs, lifetimeMs / 2) }
  }

  return async (scope, isRefused = false) => {
    const known = held.get(scope)
    const current = known === undefined ? null : await known.catch(() => null)
    if (current !== null && !isRefused && current.renewAt > Date.now()) return current.token
    if (held.get(scope) === known) held.set(scope, ask(scope, known !== undefined))
    try {
      return (await (held.get(scope) ?? ask(scope, true))).token
    } catch (cause) {
      held.delete(scope)
      throw tokenError(cause)
    }
  }
}

function tokenError(cause: unknown): FabricError {
  const { errorCode, message } = cause as { errorCode?: string; message?: string }
  const isNetwork = errorCode === 'network_error' || errorCode === undefined
  return new FabricError({
    errorCode: errorCode ?? 'NoToken',
    message: `Entra gave no token to the service identity (${message ?? 'no reason given'})`,
    status: isNetwork ? 0 : 401,
    kind: isNetwork ? 'retryable' : 'terminal',
    call: 'POST oauth2/v2.0/token',
    cause,
  })
}

function authOf(identity: Identity): Configuration['auth'] {
  const credential =
    identity.certificatePath === null
      ? { clientSecret: identity.secret ?? '' }
      : { clientCertificate: certificateIn(identity.certificatePath) }
  return { clientId: identity.clientId, ...credential, ...authorityOf(identity) }
}

function authorityOf({ authority, tenantId }: Identity) {
  const { protocol, host, hostname } = new URL(authority)
  if (protocol === 'https:') return { authority: `${authority.replace(/\/$/, '')}/${tenantId}` }
  if (!['127.0.0.1', 'localhost', '[::1]'].includes(hostname))
    throw new Error(`ENTRA_AUTHORITY has to be https, or http on loopback: ${authority}`)
  // MSAL refuses plain http, but takes the endpoints of an authority from metadata that it is given.
  const base = `${authority.replace(/\/$/, '')}/${tenantId}`
  return {
    authority: `https://${host}/${tenantId}`,
    knownAuthorities: [host],
    authorityMetadata: JSON.stringify({
      issuer: `${base}/v2.0`,
      token_endpoint: `${base}/oauth2/v2.0/token`,
      authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
      end_session_endpoint: `${base}/oauth2/v2.0/logout`,
      jwks_uri: `${base}/discovery/v2.0/keys`,
    }),
  }
}

function certificateIn(path: string) {
  const pem = readFileSync(path, 'utf8')
  const certificate = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/.exec(pem)?.[0]
  const privateKey = /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]+?-----END [A-Z ]*PRIVATE KEY-----/.exec(pem)?.[0]
  if (certificate === undefined || privateKey === undefined)
    throw new Error(`FABRIC_CERTIFICATE_PATH: ${path} has to hold a private key and a certificate in PEM form.`)
  const thumbprintSha256 = new X509Certificate(certificate).fingerprint256.replaceAll(':', '')
  return { thumbprintSha256, privateKey, x5c: certificate }
}

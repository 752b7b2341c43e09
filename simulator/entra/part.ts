import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Part, PartContext } from '../part'
import type { Person } from '../tenant'
import { grantClientCredentials, refuse, refuseUnknownTenant } from './client-credentials'
import { readForm, readJsonObject, redirect, sendHtml, sendJson } from './http'
import { loadKeys } from './keys'
import { page } from './page'
import { createProvider } from './provider'
import { signInPage } from './sign-in-page'

const entraPath = /^\/([^/]+)(\/(?:oauth2\/v2\.0|v2\.0\/\.well-known|discovery\/v2\.0|openid|sign-in)\/.+)$/
const discovery = '/.well-known/openid-configuration'

/** Sign-in by OpenID Connect and application tokens by client credentials, at Entra's own paths. */
export async function createEntraPart(context: PartContext): Promise<Part> {
  const { tenant } = context
  const keys = loadKeys(context.dataDir)
  const provider = createProvider(context, keys)
  const callback = provider.callback()
  const faults = { down: false, tokenLifetimeSeconds: 3600 }

  /** Without this the provider would sign the person before out with a page that needs JavaScript. */
  async function forgetOther(sessionUid: string | undefined, person: Person): Promise<void> {
    const session = sessionUid ? await provider.Session.findByUid(sessionUid) : undefined
    if (!session?.accountId || session.accountId === person.objectId) return
    Object.assign(session, { accountId: undefined, authorizations: {} })
    await session.persist()
  }

  async function signIn(request: IncomingMessage, response: ServerResponse): Promise<true> {
    const interaction = await provider.interactionDetails(request, response).catch(() => null)
    if (!interaction) {
      const sentence = '<p>This sign-in is over. Go back to the application and begin again.</p>'
      return sendHtml(response, 400, page('Nothing to sign in to', 'Entra ID', sentence, '420px'))
    }
    const form = request.method === 'POST' ? await readForm(request) : null
    const person = tenant.people.find(p => p.objectId === form?.get('person'))
    if (person) {
      const login = { accountId: person.objectId, remember: false }
      const next = await provider.interactionResult(request, response, { login, select_account: {} })
      await forgetOther(interaction.session?.uid, person)
      return redirect(response, next)
    }
    const application = tenant.applications.find(a => a.clientId === interaction.params.client_id)
    return sendHtml(response, form ? 400 : 200, signInPage(tenant, application?.displayName ?? 'The application'))
  }

  async function control(request: IncomingMessage, response: ServerResponse): Promise<true> {
    const body = request.method === 'POST' ? await readJsonObject(request) : {}
    if (typeof body?.down === 'boolean') faults.down = body.down
    const lifetime = body?.tokenLifetimeSeconds
    if (typeof lifetime === 'number' && lifetime > 0) faults.tokenLifetimeSeconds = lifetime
    return sendJson(response, body ? 200 : 400, faults)
  }

  return {
    async handle(request, response, url) {
      if (url.pathname === '/_sim/entra') return control(request, response)
      const [, tenantName, rest] = entraPath.exec(url.pathname) ?? []
      if (!tenantName || !rest) return false
      if (tenantName !== tenant.tenantId) return refuseUnknownTenant(response, tenantName)
      if (faults.down) return refuse(response, 503, 'temporarily_unavailable', 90033, 'A transient error has occurred.')
      if (rest.startsWith('/sign-in/')) return signIn(request, response)
      if (rest === '/oauth2/v2.0/token' && request.method === 'POST') {
        const form = await peekForm(request)
        if (form.get('grant_type') === 'client_credentials') {
          const basic = readBasic(request.headers.authorization)
          return grantClientCredentials(form, basic, tenant, keys, faults.tokenLifetimeSeconds, response)
        }
      }
      const path = rest === `/v2.0${discovery}` ? discovery : rest
      request.url = `${path}${url.search}`
      Object.assign(request, { originalUrl: `/${tenant.tenantId}${path}${url.search}` })
      await callback(request, response)
      return true
    },
    close: async () => undefined,
  }
}

/** Reads a small form and puts it back, so that the provider can read it again. */
async function peekForm(request: IncomingMessage): Promise<URLSearchParams> {
  if (request.readableLength === 0) await new Promise(resolve => request.once('readable', resolve))
  const bytes: Buffer | null = request.read()
  if (bytes) request.unshift(bytes)
  return new URLSearchParams(bytes?.toString() ?? '')
}

function readBasic(header: string | undefined): { clientId: string; secret: string } | null {
  const [, encoded] = /^Basic (.+)$/i.exec(header ?? '') ?? []
  if (!encoded) return null
  const [clientId, ...secret] = Buffer.from(encoded, 'base64').toString().split(':')
  return { clientId: decodeURIComponent(clientId ?? ''), secret: decodeURIComponent(secret.join(':')) }
}

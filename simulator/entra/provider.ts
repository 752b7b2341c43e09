import { createHash } from 'node:crypto'
import { type Configuration, interactionPolicy, Provider } from 'oidc-provider'
import type { PartContext } from '../part'
import type { Person, Tenant } from '../tenant'
import type { Keys } from './keys'
import { escapeHtml, page } from './page'
import { createSessions } from './sessions'

const identityClaims = ['sub', 'oid', 'tid', 'ver', 'name', 'preferred_username', 'groups']
const day = 86_400

/** The OpenID provider of the tenant, mounted at `/{tenantId}`. Its issuer is `{baseUrl}/{tenantId}/v2.0`. */
export function createProvider(context: Pick<PartContext, 'tenant' | 'baseUrl' | 'dataDir'>, keys: Keys): Provider {
  const { tenant, baseUrl, dataDir } = context
  const provider = new Provider(`${baseUrl}/${tenant.tenantId}/v2.0`, {
    ...configure(tenant, keys),
    adapter: createSessions(dataDir),
  })
  const isOurs = (uri: string) => isLoopback(uri) || uri.startsWith(`${baseUrl}/`)
  provider.Client.prototype.redirectUriAllowed = isOurs
  provider.Client.prototype.postLogoutRedirectUriAllowed = isOurs
  return provider
}

function configure(tenant: Tenant, keys: Keys): Configuration {
  const { base, Check, Prompt } = interactionPolicy
  const policy = base()
  policy.remove('consent')
  // One browser plays many people here, so it is asked each time, unless the application forbids it.
  const asksEachTime = new Check('no_pick', 'A person has to be picked', ctx => {
    const { prompts, result } = ctx.oidc
    return !prompts.has('none') && result?.select_account === undefined
  })
  policy.add(new Prompt({ name: 'select_account', requestable: true }, asksEachTime), 0)
  return {
    clients: tenant.applications
      .filter(application => application.signsPeopleIn)
      .map(application => ({
        client_id: application.clientId,
        client_secret: application.clientSecret,
        client_name: application.displayName,
        grant_types: ['authorization_code', 'refresh_token'],
        redirect_uris: ['http://127.0.0.1/signed-in'],
        subject_type: 'pairwise' as const,
        token_endpoint_auth_method: 'client_secret_post' as const,
      })),
    jwks: { keys: [{ ...keys.signingKey, kty: 'RSA' }] },
    cookies: { keys: [...keys.cookieKeys] },
    clientAuthMethods: ['client_secret_post'],
    subjectTypes: ['pairwise'],
    pairwiseIdentifier: (_, accountId, client) =>
      createHash('sha256').update(`${client.clientId}:${accountId}`).digest('base64url'),
    scopes: ['openid', 'profile', 'email', 'offline_access', 'User.Read', 'GroupMember.Read.All'],
    claims: { openid: identityClaims, profile: ['name', 'preferred_username'], email: ['email'] },
    conformIdTokenClaims: false,
    pkce: { required: () => false },
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: async (ctx, form) => {
          ctx.body = page('Sign out', 'Entra ID', withButton(form), '420px')
        },
        postLogoutSuccessSource: async ctx => {
          ctx.body = page('You are signed out', 'Entra ID', '<p>You may close this window.</p>', '420px')
        },
      },
    },
    interactions: { policy, url: (_, interaction) => `/${tenant.tenantId}/sign-in/${interaction.uid}` },
    routes: {
      authorization: '/oauth2/v2.0/authorize',
      token: '/oauth2/v2.0/token',
      jwks: '/discovery/v2.0/keys',
      end_session: '/oauth2/v2.0/logout',
      userinfo: '/openid/userinfo',
    },
    ttl: {
      AccessToken: 3600,
      AuthorizationCode: 600,
      Grant: day,
      IdToken: 3600,
      Interaction: 3600,
      RefreshToken: day,
      Session: day,
    },
    findAccount: (_, accountId) => {
      const person = tenant.people.find(p => p.objectId === accountId)
      return person && { accountId, claims: () => claimsOf(person, tenant) }
    },
    loadExistingGrant: async ctx => {
      const { client, session, provider } = ctx.oidc
      if (!client || !session?.accountId) return undefined
      const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId })
      grant.addOIDCScope('openid profile email offline_access User.Read GroupMember.Read.All')
      await grant.save()
      return grant
    },
    renderError: async (ctx, out) => {
      ctx.type = 'html'
      const sentence = escapeHtml(out.error_description ?? out.error)
      ctx.body = page(
        'The sign-in cannot go on',
        'Entra ID',
        `<p>${sentence}</p><p class="muted mono">${escapeHtml(out.error)}</p>`,
        '420px',
      )
    },
  }
}

function claimsOf(person: Person, tenant: Tenant) {
  const { tenantId } = tenant
  return {
    sub: person.objectId,
    oid: person.objectId,
    tid: tenantId,
    ver: '2.0',
    name: person.displayName,
    preferred_username: person.mail,
    email: person.mail,
    ...(person.groupOverage ? overageOf(person, tenantId) : { groups: [...person.groupIds] }),
  }
}

function overageOf(person: Person, tenantId: string) {
  const endpoint = `https://graph.windows.net/${tenantId}/users/${person.objectId}/getMemberObjects`
  return { _claim_names: { groups: 'src1' }, _claim_sources: { src1: { endpoint } } }
}

const withButton = (form: string) =>
  form.replace(
    '</form>',
    '<button class="button" type="submit" name="logout" value="yes" autofocus>Sign out</button></form>',
  )

function isLoopback(uri: string): boolean {
  if (!URL.canParse(uri)) return false
  const { protocol, hostname } = new URL(uri)
  return /^https?:$/.test(protocol) && ['127.0.0.1', 'localhost', '[::1]'].includes(hostname)
}

import { env as processEnvironment } from 'node:process'
import type { AuthOptions } from 'next-auth'
import AzureADProvider from 'next-auth/providers/azure-ad'
import { record } from '@/lib/audit/record'
import { db } from '@/lib/db/client'
import { type Env, env } from '@/lib/env/env'
import { unexpected } from '@/lib/http/failure'
import { groupsOf } from '@/lib/identity/groups'
import { nobody } from '@/lib/kernel/context'
import { readClaims } from './claims'
import { signIn } from './commands/sign-in'
import { ownAddress } from './own-address'
import { arrivingAdapter, sessionAdapter } from './session-adapter'
import { callbackCookie, csrfCookie, sessionCookie, sessionLongestSeconds } from './session-token'

/** next-auth's settings: one Entra tenant, sessions in the database, the portal's own pages. */
export function authOptions({ arriving = false } = {}): AuthOptions {
  const settings = env()
  // next-auth takes its own address from there and nowhere else; a proxy's headers must not decide it.
  processEnvironment.NEXTAUTH_URL = settings.BASE_URL
  return {
    secret: settings.NEXTAUTH_SECRET,
    adapter: arriving ? arrivingAdapter(db()) : sessionAdapter(db()),
    session: { strategy: 'database', maxAge: sessionLongestSeconds, updateAge: sessionLongestSeconds },
    providers: [entra(settings)],
    pages: { signIn: '/sign-in?asked=1', signOut: '/sign-in', error: '/sign-in' },
    cookies: cookies(settings.BASE_URL),
    callbacks: {
      signIn: ({ profile }) => admit(profile, settings).catch(notAdmitted),
      redirect: ({ url }) => ownAddress(url, settings.BASE_URL),
      session: ({ session }) => session,
    },
  }
}

function entra({ ENTRA_AUTHORITY, ENTRA_TENANT_ID, ENTRA_CLIENT_ID, ENTRA_CLIENT_SECRET }: Env) {
  const issuer = `${ENTRA_AUTHORITY.replace(/\/$/, '')}/${ENTRA_TENANT_ID}/v2.0`
  return AzureADProvider({
    clientId: ENTRA_CLIENT_ID,
    clientSecret: ENTRA_CLIENT_SECRET,
    tenantId: ENTRA_TENANT_ID,
    wellKnown: `${issuer}/.well-known/openid-configuration`,
    authorization: { params: { scope: 'openid profile email', prompt: 'select_account' } },
    checks: ['pkce', 'state', 'nonce'],
    profile: claims => ({ id: `${claims.tid}.${claims.oid}`, name: claims.name ?? null, email: claims.email ?? null }),
  })
}

/** Answers true, or the address of the page that says why not. */
async function admit(claims: unknown, { ENTRA_AUTHORITY, ENTRA_TENANT_ID }: Env): Promise<true | string> {
  const identity = readClaims(claims, { authority: ENTRA_AUTHORITY, tenantId: ENTRA_TENANT_ID })
  if (!identity.ok) {
    await record(db(), nobody, { action: 'refused', details: { command: 'sign in', ...identity.refusal.facts } })
    return refusedPage(identity.refusal.facts)
  }
  const groupIds = identity.value.groups ?? (await groupsOf(identity.value.objectId))
  const signedIn = await signIn({ actor: nobody, db: db() }, { identity: identity.value, groupIds })
  return signedIn.ok ? true : refusedPage(signedIn.refusal.facts)
}

/** next-auth would put the words of the error into an address. */
function notAdmitted(cause: unknown): string {
  unexpected(cause, 'a sign-in')
  return refusedPage({ reason: 'Callback' })
}

const refusedPage = (facts: Readonly<Record<string, unknown>>) => `/sign-in?error=${String(facts.reason)}`

function cookies(baseUrl: string): AuthOptions['cookies'] {
  const options = { httpOnly: true, sameSite: 'lax', path: '/', secure: baseUrl.startsWith('https:') } as const
  return {
    sessionToken: { name: sessionCookie(baseUrl), options },
    csrfToken: { name: csrfCookie(baseUrl), options },
    callbackUrl: { name: callbackCookie(baseUrl), options },
  }
}

import 'server-only'
import { cookies, headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { cache } from 'react'
import { db } from '@/lib/db/client'
import type { Context } from '@/lib/db/context'
import { env } from '@/lib/env/env'
import { type Actor, nobody } from '@/lib/kernel/context'
import { sessionCookie, sessionEnd, sessionKey } from './session-token'

export type PersonContext = Context & { readonly actor: Extract<Actor, { kind: 'person' }> }

/** Session rows are drawn out at most this often. */
const renewAfterMs = 5 * 60_000

/** Who asks, for this request: the person of the session, or nobody (no session, ended, or the person is disabled). */
export const currentContext = cache(async (): Promise<Context> => {
  const token = await sessionToken()
  return { actor: token ? await actorOf(token, new Date()) : nobody, db: db() }
})

/** For pages: the person who is signed in; anybody else is sent to sign in, and comes back to `path` afterwards. */
export async function requirePerson(path?: string): Promise<PersonContext> {
  const ctx = await currentContext()
  if (isPerson(ctx)) return ctx
  const asked = path ?? (await headers()).get('x-path') ?? '/'
  redirect(`/sign-in?callbackUrl=${encodeURIComponent(asked)}`)
}

/** The context itself, not a copy: what is read once a request is known by it. */
const isPerson = (ctx: Context): ctx is PersonContext => ctx.actor.kind === 'person'

/** The token of this request's session cookie, whatever it is worth. */
export async function sessionToken(): Promise<string | null> {
  return (await cookies()).get(sessionCookie(env().BASE_URL))?.value ?? null
}

async function actorOf(token: string, now: Date): Promise<Actor> {
  const session = await db().session.findUnique({
    where: { sessionToken: sessionKey(token) },
    include: { user: { select: { id: true, name: true, email: true, disabledAt: true } } },
  })
  if (!session || session.expires <= now || session.user.disabledAt) return nobody
  const end = sessionEnd(session.startedAt, now)
  if (end.getTime() - session.expires.getTime() > renewAfterMs) {
    await db().session.updateMany({ where: { id: session.id, expires: session.expires }, data: { expires: end } })
  }
  const { id, name, email } = session.user
  return { kind: 'person', id, name, email }
}

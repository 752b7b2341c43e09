import { PrismaAdapter } from '@next-auth/prisma-adapter'
import type { Adapter, AdapterSession, AdapterUser } from 'next-auth/adapters'
import type { Db } from '@/lib/db/client'
import { nobody } from '@/lib/kernel/context'
import { signOut } from './commands/sign-out'
import { cookieEnd, sessionEnd, sessionKey } from './session-token'

/** next-auth's way to the database: people are found by tenant and object id, no token of Entra is kept, sessions by digest. */
export function sessionAdapter(db: Db): Adapter {
  return {
    ...PrismaAdapter(db as never),
    getUserByAccount: ({ providerAccountId }) => findPerson(db, providerAccountId),
    getUserByEmail: () => null,
    createUser: () => {
      throw new Error('a person is made by the command that signs them in')
    },
    linkAccount: () => undefined,
    createSession: session => startSession(db, session),
    getSessionAndUser: token => findSession(db, token),
    updateSession: () => null,
    deleteSession: async token => {
      await signOut({ actor: nobody, db }, token)
    },
  }
}

/** For the way back from Entra: whoever was signed in before is signed out, so that two people never share a session. */
export function arrivingAdapter(db: Db): Adapter {
  return {
    ...sessionAdapter(db),
    getSessionAndUser: async token => {
      await signOut({ actor: nobody, db }, token)
      return null
    },
  }
}

async function findPerson(db: Db, providerAccountId: string): Promise<AdapterUser | null> {
  const [tenantId = '', objectId = ''] = providerAccountId.split('.')
  return db.user.findUnique({ where: { tenantId_objectId: { tenantId, objectId } } })
}

/** The row ends by idleness; the cookie lives as long as the session can be drawn out. */
async function startSession(
  db: Db,
  { sessionToken, userId }: { sessionToken: string; userId: string },
): Promise<AdapterSession> {
  const startedAt = new Date()
  const expires = sessionEnd(startedAt, startedAt)
  await db.session.create({ data: { sessionToken: sessionKey(sessionToken), userId, startedAt, expires } })
  return { sessionToken, userId, expires: cookieEnd(startedAt) }
}

async function findSession(db: Db, token: string): Promise<{ session: AdapterSession; user: AdapterUser } | null> {
  const found = await db.session.findUnique({ where: { sessionToken: sessionKey(token) }, include: { user: true } })
  if (!found || found.user.disabledAt) return null
  return { session: { sessionToken: token, userId: found.userId, expires: found.expires }, user: found.user }
}

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { nobody } from '@/lib/kernel/context'
import { newId } from '@/lib/kernel/ids'
import { cloneDatabase, type TestDatabase } from '@/scripts/test/clone-database'
import { makeProject } from '@/scripts/test/factories'
import { readableProjects, rolesOf } from './authorise'
import type { Identity } from './claims'
import { signIn } from './commands/sign-in'
import { signOut } from './commands/sign-out'
import { arrivingAdapter, sessionAdapter } from './session-adapter'
import { sessionKey } from './session-token'

let test: TestDatabase
beforeAll(async () => {
  test = await cloneDatabase()
})
afterAll(() => test.drop())

const identity = (change: Partial<Identity> = {}): Identity => ({
  tenantId: 'tenant',
  objectId: newId(),
  name: 'QA analyst',
  email: 'qa@claims.example',
  groups: [],
  ...change,
})

async function enter(who: Identity, groupIds: readonly string[] | null = who.groups) {
  const result = await signIn({ actor: nobody, db: test.db }, { identity: who, groupIds })
  if (!result.ok) throw new Error(result.refusal.message)
  return result.value.userId
}

const actionsOf = async (actorId: string) =>
  (await test.db.auditEntry.findMany({ where: { actorId }, orderBy: { sequence: 'asc' } })).map(row => row.action)

describe('signing in', () => {
  it('makes a person once and refreshes them each time', async () => {
    const who = identity()
    const userId = await enter(who, ['g1'])
    expect(await enter({ ...who, name: 'Test lead', email: 'lead@claims.example' }, ['g2'])).toBe(userId)
    const row = await test.db.user.findUniqueOrThrow({ where: { id: userId } })
    expect(row).toMatchObject({ name: 'Test lead', email: 'lead@claims.example', groupIds: ['g2'] })
    expect(await actionsOf(userId)).toEqual(['person.signed-in', 'person.signed-in'])
  })

  it('takes the same address with another object id for another person', async () => {
    expect(await enter(identity())).not.toBe(await enter(identity()))
  })

  it('gives no role by group while the groups are unknown, and keeps the last ones', async () => {
    const { db } = test
    const { id: projectId } = await makeProject(db)
    const grant = { id: newId(), projectId, role: 'qa', groupId: 'g-qa', label: 'QA', grantedAt: new Date() }
    await db.roleGrant.create({ data: grant })
    const who = identity()
    const userId = await enter(who, ['g-qa'])
    expect(await rolesOf(db, userId, projectId)).toEqual(['qa'])
    await enter(who, null)
    expect(await rolesOf(db, userId, projectId)).toEqual([])
    const row = await db.user.findUniqueOrThrow({ where: { id: userId } })
    expect(row).toMatchObject({ rightsUnknown: true, groupIds: ['g-qa'] })
    await enter(who, ['g-qa'])
    const actor = { kind: 'person', id: userId, name: who.name, email: who.email } as const
    expect(await readableProjects(db, actor)).toEqual([projectId])
  })

  it('is refused to somebody disabled, and audited', async () => {
    const who = identity()
    const userId = await enter(who)
    await test.db.user.update({ where: { id: userId }, data: { disabledAt: new Date() } })
    const before = await test.db.auditEntry.count({ where: { action: 'refused' } })
    const again = await signIn({ actor: nobody, db: test.db }, { identity: who, groupIds: [] })
    expect(again).toMatchObject({ ok: false, refusal: { facts: { reason: 'disabled' } } })
    expect(await test.db.auditEntry.count({ where: { action: 'refused' } })).toBe(before + 1)
  })
})

describe('a session', () => {
  const start = async (userId: string, sessionToken: string) => {
    const session = { sessionToken, userId, expires: new Date() }
    return sessionAdapter(test.db).createSession?.(session)
  }

  it('is stored by digest, idles out after 8 hours, and its cookie lives 24', async () => {
    const userId = await enter(identity())
    const made = await start(userId, 'token-1')
    const row = await test.db.session.findUniqueOrThrow({ where: { sessionToken: sessionKey('token-1') } })
    const hours = (to: Date | undefined) => ((to?.getTime() ?? 0) - row.startedAt.getTime()) / 3_600_000
    expect([hours(row.expires), hours(made?.expires)]).toEqual([8, 24])
    expect(await test.db.session.count({ where: { sessionToken: 'token-1' } })).toBe(0)
  })

  it('ends once when signing out, with one row in the audit log', async () => {
    const userId = await enter(identity())
    await start(userId, 'token-2')
    const ctx = { actor: nobody, db: test.db }
    await Promise.all([signOut(ctx, 'token-2'), signOut(ctx, 'token-2')])
    expect(await test.db.session.count({ where: { userId } })).toBe(0)
    expect(await actionsOf(userId)).toEqual(['person.signed-in', 'person.signed-out'])
  })

  it('of one person ends when another comes back from Entra in the same browser', async () => {
    const first = await enter(identity())
    await start(first, 'token-3')
    expect(await arrivingAdapter(test.db).getSessionAndUser?.('token-3')).toBeNull()
    expect(await actionsOf(first)).toEqual(['person.signed-in', 'person.signed-out'])
  })

  it('of a disabled person is none', async () => {
    const userId = await enter(identity())
    await start(userId, 'token-4')
    expect(await sessionAdapter(test.db).getSessionAndUser?.('token-4')).toMatchObject({ user: { id: userId } })
    await test.db.user.update({ where: { id: userId }, data: { disabledAt: new Date() } })
    expect(await sessionAdapter(test.db).getSessionAndUser?.('token-4')).toBeNull()
  })
})

describe('what next-auth may ask of the database', () => {
  it('finds people by tenant and object id, never by address, and keeps no token of Entra', async () => {
    const who = identity({ email: 'same@claims.example' })
    const userId = await enter(who)
    const adapter = sessionAdapter(test.db)
    const account = { provider: 'azure-ad', providerAccountId: `${who.tenantId}.${who.objectId}` }
    expect(await adapter.getUserByAccount?.(account)).toMatchObject({ id: userId })
    expect(await adapter.getUserByAccount?.({ ...account, providerAccountId: `other.${who.objectId}` })).toBeNull()
    expect(await adapter.getUserByEmail?.('same@claims.example')).toBeNull()
    await adapter.linkAccount?.({ ...account, userId, type: 'oauth', access_token: 'secret' })
    expect(await test.db.account.count()).toBe(0)
  })
})

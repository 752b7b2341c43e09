import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Db } from '@/lib/db/client'
import { loadFacts, loadFactsOfMany } from '@/lib/gate/queries'
import { newId } from '@/lib/kernel/ids'
import { promote } from '@/lib/promotion/commands/promote'
import { cloneDatabase, type TestDatabase } from '@/scripts/test/clone-database'
import { countedDatabase } from '@/scripts/test/counted-database'
import { makePerson, type Person } from '@/scripts/test/factories'
import { givenTicket, meetAll } from '@/scripts/test/ticket-factory'
import { getApprovals } from '../approvals/queries'
import { getHome } from './queries'

let database: TestDatabase
beforeAll(async () => {
  database = await cloneDatabase()
})
afterAll(() => database.drop())

const asks = async (actor: Person) => (await getHome({ actor, db: database.db })).asks.map(ask => ask.group)

describe('what a ticket asks', () => {
  test('at Test→UAT: the sign-off of QA, the notes of those who write them, nothing of others', async () => {
    const { people, ticket } = await givenTicket(database.db, 'test-uat')
    const { asks: ofQa } = await getHome({ actor: people.qa, db: database.db })
    expect(ofQa).toMatchObject([{ group: 'sign-off', href: expect.stringContaining(`CHG-`) }])
    expect(ofQa[0]?.ticket).toBe(`CHG-${String(ticket.number).padStart(4, '0')}`)
    expect(await asks(people.developer)).toEqual(['prepare'])
    expect(await asks(people.releaseManager)).toEqual(['prepare'])
    expect(await asks(people.business)).toEqual([])
    expect(await asks(people.cab[0])).toEqual([])
  })

  test('at UAT→Prod: sign-off, vote and the records, each of its own role', async () => {
    const { people } = await givenTicket(database.db, 'uat-prod')
    expect(await asks(people.business)).toEqual(['sign-off'])
    expect(await asks(people.cab[1])).toEqual(['approve'])
    expect(await asks(people.releaseManager)).toEqual(['prepare'])
    expect(await asks(people.qa)).toEqual([])
  })

  test('nothing of a person who is barred, and says so to nobody', async () => {
    const { people, ticket } = await givenTicket(database.db, 'uat-prod')
    await database.db.ticket.update({ where: { id: ticket.id }, data: { requestedById: people.business.id } })
    expect(await asks(people.business)).toEqual([])
    const author = people.cab[0]
    const commit = { sha: 'a'.repeat(40), position: 0, message: 'feat: x', authorName: 'x', authorEmail: author.email }
    await database.db.releaseCommit.create({
      data: { releaseId: ticket.releaseId, ...commit, committedAt: new Date(), isMerge: false, problems: [] },
    })
    expect(await asks(author)).toEqual([])
    expect(await asks(people.cab[1])).toEqual(['approve'])
  })

  test('with the gate open: the promotion, of whoever may; after a vote nothing more of the voter', async () => {
    const { people, ticket } = await givenTicket(database.db, 'test-uat')
    await meetAll(database.db, ticket.id, people)
    expect(await asks(people.qa)).toEqual(['promote'])
    expect(await asks(people.developer)).toEqual([])
    expect(await asks(people.releaseManager)).toEqual([])
  })

  test('after a run that failed: mending, of those who may run it again; while it runs nothing', async () => {
    const { people, ticket } = await givenTicket(database.db, 'test-uat')
    await meetAll(database.db, ticket.id, people)
    const run = await promote({ actor: people.qa, db: database.db }, { ticketId: ticket.id })
    if (!run.ok) throw new Error(run.refusal.message)
    const during = await getHome({ actor: people.qa, db: database.db })
    expect([during.asks, during.running.map(one => one.phase)]).toEqual([[], ['queued']])
    const ended = { phase: 'failed', message: 'A report did not render', endedAt: new Date() }
    await database.db.promotion.update({ where: { id: run.value.promotionId }, data: ended })
    await database.db.ticket.update({ where: { id: ticket.id }, data: { outcome: 'failed', step: 'validate' } })
    const after = await getHome({ actor: people.qa, db: database.db })
    expect(after.asks).toMatchObject([{ group: 'mend', note: 'A report did not render' }])
    expect(after.recent[0]).toMatchObject({ phase: 'failed', message: 'A report did not render' })
    expect(await asks(people.business)).toEqual([])
    await database.db.promotion.update({ where: { id: run.value.promotionId }, data: { phase: 'succeeded' } })
    await database.db.ticket.update({ where: { id: ticket.id }, data: { outcome: 'succeeded', step: 'close' } })
    expect((await getHome({ actor: people.qa, db: database.db })).asks.map(ask => ask.title)).toEqual([
      expect.stringMatching(/^Close /),
    ])
  })

  test('failing evidence, of the developer whose commit it is and of no other', async () => {
    const { people, ticket, project } = await givenTicket(database.db, 'dev-test')
    const release = await database.db.release.findUniqueOrThrow({ where: { id: ticket.releaseId } })
    const author = { authorName: 'x', authorEmail: people.developer.email.toUpperCase() }
    await database.db.releaseCommit.create({
      data: {
        ...{ releaseId: release.id, sha: release.commit, position: 0, message: 'feat: x', ...author },
        ...{ committedAt: new Date(), isMerge: false, problems: [] },
      },
    })
    await database.db.evidence.create({
      data: {
        ...{ id: newId(), projectId: project.id, commit: release.commit, criterion: 'unit-tests', outcome: 'fail' },
        ...{ summary: '2 tests failed', source: 'pipeline', receivedAt: new Date() },
      },
    })
    const other = await makePerson(database.db, { roles: ['developer'], projectId: project.id })
    const { asks: own } = await getHome({ actor: people.developer, db: database.db })
    expect(own).toMatchObject([{ group: 'mend', note: '2 tests failed' }])
    expect(await asks(other)).toEqual([])
  })
})

describe('bounds', () => {
  test('another project shows nothing of itself', async () => {
    const { people } = await givenTicket(database.db, 'uat-prod')
    const stranger = (await givenTicket(database.db, 'test-uat')).people
    const home = await getHome({ actor: stranger.business, db: database.db })
    const approvals = await getApprovals({ actor: stranger.business, db: database.db })
    const own = await getApprovals({ actor: people.business, db: database.db })
    expect([home.asks, home.running, approvals.mine]).toEqual([[], [], []])
    expect(new Set(approvals.rounds.map(round => round.ticket)).size).toBe(1)
    expect(own.mine).toHaveLength(1)
    expect(approvals.rounds[0]?.ticket).not.toBe(own.rounds[0]?.ticket)
  })

  test('as many statements for 60 more tickets as for a few', async () => {
    const counted = countedDatabase(database.portalUrl)
    const seer = await makePerson(counted.db, { roles: ['cab-member', 'release-manager'], projectId: null })
    const ctx = { actor: seer, db: counted.db }
    const home = () => counted.statementsOf(() => getHome(ctx))
    const approvals = () => counted.statementsOf(() => getApprovals(ctx))
    const { ticket } = await givenTicket(counted.db, 'uat-prod')
    const few = [await home(), await approvals()]
    const before = (await getHome(ctx)).asks.length
    await addTickets(counted.db, ticket.id, 60)
    expect([await home(), await approvals()]).toEqual(few)
    expect(few[0]).toBeGreaterThan(10)
    expect((await getHome(ctx)).asks.length).toBeGreaterThanOrEqual(before + 60)
    await counted.db.$disconnect()
  })

  test('facts loaded for many tickets are the facts loaded for each', async () => {
    const { ticket, people } = await givenTicket(database.db, 'uat-prod')
    await meetAll(database.db, ticket.id, people)
    const rows = await database.db.ticket.findMany({ select: { id: true }, take: 12, orderBy: { id: 'desc' } })
    const now = new Date()
    const many = await loadFactsOfMany(
      database.db,
      rows.map(row => row.id),
      now,
    )
    expect(many.size).toBe(rows.length)
    for (const { id } of rows) expect(many.get(id)).toEqual(await loadFacts(database.db, id, now))
  })
})

/** So many more open tickets like one, each of a release of its own. */
async function addTickets(db: Db, ticketId: string, count: number): Promise<void> {
  const { number: _, ...ticket } = await db.ticket.findUniqueOrThrow({ where: { id: ticketId } })
  const release = await db.release.findUniqueOrThrow({ where: { id: ticket.releaseId } })
  const snapshot = await db.snapshot.findUniqueOrThrow({ where: { id: release.snapshotId } })
  const ids = Array.from({ length: count }, () => newId())
  await db.snapshot.createMany({ data: ids.map(id => ({ ...snapshot, id })) })
  await db.release.createMany({
    data: ids.map((id, index) => ({
      ...{ ...release, id, snapshotId: id, number: `2026.12.${index + 1}` },
      commit: id.replaceAll('-', '').padEnd(40, '0'),
    })),
  })
  await db.ticket.createMany({ data: ids.map(id => ({ ...ticket, id, releaseId: id })) })
}

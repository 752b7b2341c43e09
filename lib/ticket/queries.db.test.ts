import { randomUUID } from 'node:crypto'
import { PrismaPg } from '@prisma/adapter-pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Db } from '@/lib/db/client'
import { PrismaClient } from '@/lib/db/generated/client'
import { signOffCriterion } from '@/lib/gate/commands/sign-off-criterion'
import { cloneDatabase, type TestDatabase } from '@/scripts/test/clone-database'
import { makePerson } from '@/scripts/test/factories'
import { givenTicket, meetAll, seenFor } from '@/scripts/test/ticket-factory'
import { getTicket, listTickets, type TicketKey } from './queries'

let database: TestDatabase
let counted: Db
let statements = 0

beforeAll(async () => {
  database = await cloneDatabase()
  const adapter = new PrismaPg({ connectionString: database.portalUrl, options: '-c TimeZone=UTC' })
  const client = new PrismaClient({ adapter, log: [{ emit: 'event', level: 'query' }] })
  client.$on('query', () => {
    statements += 1
  })
  counted = client
})
afterAll(async () => {
  await counted?.$disconnect()
  await database?.drop()
})

async function counting<T>(work: () => Promise<T>): Promise<{ value: T; count: number }> {
  statements = 0
  const value = await work()
  return { value, count: statements }
}

type Given = Awaited<ReturnType<typeof givenTicket>>

async function moreTickets({ ticket }: Given, count: number) {
  const { number: _, ...row } = ticket
  const data = Array.from({ length: count }, (__, index) => ({
    ...row,
    id: randomUUID(),
    status: 'closed',
    outcome: 'succeeded',
    createdAt: new Date(Date.UTC(2026, 9, 1, 0, Math.floor(index / 2))),
  }))
  await database.db.ticket.createMany({ data })
}

describe('the list of tickets', () => {
  test('asks as often for 3 rows as for 60', async () => {
    const given = await givenTicket(database.db, 'dev-test')
    const ctx = { actor: given.people.developer, db: counted }
    await moreTickets(given, 2)
    const few = await counting(() => listTickets(ctx, { limit: 100 }))
    await moreTickets(given, 57)
    const many = await counting(() => listTickets(ctx, { limit: 100 }))
    expect([few.value.rows.length, many.value.rows.length]).toEqual([3, 60])
    expect(many.count).toBe(few.count)
    expect(few.count).toBeGreaterThan(0)
  })

  test('shows every ticket once, forth and back, also where two were opened at the same instant', async () => {
    const given = await givenTicket(database.db, 'dev-test')
    await moreTickets(given, 24)
    const ctx = { actor: given.people.qa, db: database.db }
    const forth: string[] = []
    let before: TicketKey | null = null
    do {
      const page = await listTickets(ctx, { limit: 7, before })
      forth.push(...page.rows.map(row => row.number))
      before = page.older
    } while (before)
    expect(forth).toHaveLength(25)
    expect(new Set(forth).size).toBe(25)

    const second = await listTickets(ctx, { limit: 7, before: (await listTickets(ctx, { limit: 7 })).older })
    const first = await listTickets(ctx, { limit: 7, after: second.newer })
    expect(first.rows.map(row => row.number)).toEqual(forth.slice(0, 7))
    expect(first.newer).toBeNull()
    expect(second.total).toBe(25)
  })

  test('filters, and holds nothing of a project that the reader has no role in', async () => {
    const mine = await givenTicket(database.db, 'test-uat')
    const others = await givenTicket(database.db, 'test-uat')
    const ctx = { actor: mine.people.qa, db: database.db }
    const all = await listTickets(ctx, { limit: 50 })
    expect(all.rows.length).toBe(2)
    expect(all.projects.map(project => project.name)).toEqual([mine.project.name])
    expect((await listTickets(ctx, { limit: 50, status: 'open' })).rows).toHaveLength(1)
    expect((await listTickets(ctx, { limit: 50, hop: 'uat-prod' })).rows).toEqual([])
    const asked = { limit: 50, project: others.project.name.toLowerCase() }
    expect(await listTickets(ctx, asked)).toMatchObject({ rows: [], total: 0 })
  })
})

describe('a ticket', () => {
  test('of another project does not exist', async () => {
    const { ticket } = await givenTicket(database.db, 'test-uat')
    const stranger = await makePerson(database.db, {
      roles: ['qa'],
      projectId: (await givenTicket(database.db, 'test-uat')).project.id,
    })
    const roleless = await makePerson(database.db)
    expect(await getTicket({ actor: stranger, db: database.db }, ticket.number)).toBeNull()
    expect(await getTicket({ actor: roleless, db: database.db }, ticket.number)).toBeNull()
  })

  test('asks as often with one decision as with many', async () => {
    const { ticket, people } = await givenTicket(database.db, 'uat-prod')
    const ctx = { actor: people.releaseManager, db: counted }
    const bare = await counting(() => getTicket(ctx, ticket.number))
    await meetAll(database.db, ticket.id, people)
    const full = await counting(() => getTicket(ctx, ticket.number))
    expect(full.count).toBe(bare.count)
    expect([bare.value?.status, full.value?.status]).toEqual(['waiting', 'ready'])
  })

  test('lets promote who may, once the gate is open, and says to others who that is', async () => {
    const { ticket, people } = await givenTicket(database.db, 'test-uat')
    const as = (actor: Given['people']['qa']) => getTicket({ actor, db: database.db }, ticket.number)
    expect((await as(people.qa))?.can.promote).toMatchObject({
      allowed: false,
      because: expect.stringMatching(/unmet/),
    })
    await meetAll(database.db, ticket.id, people)
    expect((await as(people.qa))?.can).toMatchObject({ promote: { allowed: true }, close: null })
    const because = expect.stringContaining(people.qa.name)
    expect((await as(people.developer))?.can.promote).toMatchObject({ allowed: false, because })
  })

  test('gives the form of a sign-off to its role alone, and to its giver the way back', async () => {
    const { ticket, people } = await givenTicket(database.db, 'test-uat')
    const actOf = async (actor: Given['people']['qa']) => {
      const view = await getTicket({ actor, db: database.db }, ticket.number)
      return view?.gate.rows.find(row => row.id === 'qa-sign-off')?.act
    }
    expect(await actOf(people.developer)).toBeNull()
    const seen = await seenFor(database.db, ticket.id, 'qa-sign-off')
    expect(await actOf(people.qa)).toMatchObject({ kind: 'decide', may: { allowed: true }, seen, own: null })
    const yes = { ticketId: ticket.id, criterion: 'qa-sign-off', verdict: 'yes', statement: '', seen } as const
    await signOffCriterion({ actor: people.qa, db: database.db }, yes)
    expect(await actOf(people.qa)).toMatchObject({ own: { verdict: 'yes' } })
  })

  test('tells the requester why somebody else has to decide', async () => {
    const { ticket, people } = await givenTicket(database.db, 'test-uat')
    await database.db.ticket.update({ where: { id: ticket.id }, data: { requestedById: people.qa.id } })
    const view = await getTicket({ actor: people.qa, db: database.db }, ticket.number)
    const row = view?.gate.rows.find(one => one.id === 'qa-sign-off')
    const because = expect.stringMatching(/you requested this deployment\. Somebody else has to/)
    expect(row?.act).toMatchObject({ may: { allowed: false, because } })
    expect(row?.clearers).toMatch(/nobody now/)
  })
})

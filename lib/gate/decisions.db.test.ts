import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { lockHops } from '@/lib/db/lock-hops'
import { withTransaction } from '@/lib/db/transaction'
import { newId } from '@/lib/kernel/ids'
import { promote } from '@/lib/promotion/commands/promote'
import { cloneDatabase, type TestDatabase } from '@/scripts/test/clone-database'
import { givenTicket, meetAll, seenFor } from '@/scripts/test/ticket-factory'
import { makeRecord } from './commands/make-record'
import { signOffCriterion } from './commands/sign-off-criterion'
import { withdrawSignOff } from './commands/withdraw-sign-off'

let database: TestDatabase
beforeAll(async () => {
  database = await cloneDatabase()
})
afterAll(() => database.drop())

const as = (actor: Parameters<typeof promote>[0]['actor']) => ({ actor, db: database.db })
const rows = async (ticketId: string) => ({
  promotions: await database.db.promotion.count({ where: { ticketId } }),
  decisions: await database.db.gateDecision.count({ where: { ticketId } }),
  refusals: await database.db.auditEntry.count({ where: { ticketId, action: 'refused' } }),
})

describe('promote', () => {
  test('with the gate shut: refused with each unmet criterion, audited, nothing written', async () => {
    const { ticket, people } = await givenTicket(database.db, 'test-uat')
    const result = await promote(as(people.qa), { ticketId: ticket.id })
    expect(result).toMatchObject({ ok: false, refusal: { code: 'gate-shut' } })
    if (!result.ok) expect((result.refusal.facts.unmet as { id: string }[]).map(one => one.id)).toContain('qa-sign-off')
    expect(await rows(ticket.id)).toEqual({ promotions: 0, decisions: 0, refusals: 1 })
  })

  test('by a person without the role, a token, or nobody: refused, audited, nothing written', async () => {
    const { ticket, people, project } = await givenTicket(database.db, 'test-uat')
    await meetAll(database.db, ticket.id, people)
    const token = { kind: 'token', id: newId(), name: 'CI', projectId: project.id, scopes: [] } as const
    const nobody = { kind: 'nobody', name: 'Somebody not signed in' } as const
    const codes = []
    for (const actor of [people.business, token, nobody]) {
      const result = await promote(as(actor), { ticketId: ticket.id })
      codes.push(result.ok ? 'ok' : result.refusal.code)
    }
    expect(codes).toEqual(['not-allowed', 'not-allowed', 'not-signed-in'])
    expect(await rows(ticket.id)).toEqual({ promotions: 0, decisions: 0, refusals: 3 })
  })

  test('by somebody from another project: nothing there, and audited', async () => {
    const { ticket, people } = await givenTicket(database.db, 'test-uat')
    await meetAll(database.db, ticket.id, people)
    const stranger = (await givenTicket(database.db, 'test-uat')).people.qa
    expect(await promote(as(stranger), { ticketId: ticket.id })).toMatchObject({
      ok: false,
      refusal: { code: 'not-found' },
    })
    expect((await rows(ticket.id)).refusals).toBe(1)
  })

  test('with the gate open: one promotion bound to its decision and one enqueued run; twenty clicks make no second one', async () => {
    const { ticket, people } = await givenTicket(database.db, 'test-uat')
    await meetAll(database.db, ticket.id, people)
    const clicks = await Promise.all(Array.from({ length: 20 }, () => promote(as(people.qa), { ticketId: ticket.id })))
    expect(clicks.filter(click => click.ok)).toHaveLength(1)
    const codes = new Set(clicks.flatMap(click => (click.ok ? [] : [click.refusal.code])))
    expect([...codes]).toEqual(['gate-shut'])
    expect(await rows(ticket.id)).toMatchObject({ promotions: 1, decisions: 1 })
    const promotion = await database.db.promotion.findFirstOrThrow({ where: { ticketId: ticket.id } })
    const queued = await database.db
      .$queryRaw`SELECT name FROM dbos.workflow_status WHERE workflow_uuid = ${promotion.id}`
    expect(queued).toEqual([{ name: 'run-promotion' }])
  })

  test('a plan other than the one that was looked at: nothing starts', async () => {
    const { ticket, people } = await givenTicket(database.db, 'test-uat')
    await meetAll(database.db, ticket.id, people)
    const result = await promote(as(people.qa), { ticketId: ticket.id, plan: 'sha256:another' })
    expect(result).toMatchObject({ ok: false, refusal: { code: 'stale' } })
    expect((await rows(ticket.id)).promotions).toBe(0)
  })
})

describe('a promotion row', () => {
  test('cannot exist without the gate decision of the same release and rules', async () => {
    const { ticket, people, plan } = await givenTicket(database.db, 'test-uat')
    await meetAll(database.db, ticket.id, people)
    const promoted = await promote(as(people.qa), { ticketId: ticket.id })
    if (!promoted.ok) throw new Error(promoted.refusal.message)
    const real = await database.db.promotion.findUniqueOrThrow({ where: { id: promoted.value.promotionId } })
    await database.db.promotion.update({ where: { id: real.id }, data: { phase: 'failed' } })
    const forged = { ...real, id: newId(), planId: plan.id, phase: 'queued', gateDecisionId: newId() }
    await expect(database.db.promotion.create({ data: forged })).rejects.toThrow(/Foreign key/)
    const consumed = { ...forged, gateDecisionId: real.gateDecisionId }
    await expect(database.db.promotion.create({ data: consumed })).rejects.toThrow(/Unique constraint/)
  })
})

describe('sign off', () => {
  test('twice by one person is one vote, and the second click is a success', async () => {
    const { ticket, people } = await givenTicket(database.db, 'test-uat')
    const input = {
      ticketId: ticket.id,
      criterion: 'qa-sign-off',
      verdict: 'yes',
      statement: '',
      seen: await seenFor(database.db, ticket.id, 'qa-sign-off'),
    } as const
    const clicks = [await signOffCriterion(as(people.qa), input), await signOffCriterion(as(people.qa), input)]
    expect(clicks.map(click => click.ok && click.value.alreadyRecorded)).toEqual([false, true])
    expect(await database.db.signOff.count({ where: { ticketId: ticket.id } })).toBe(1)
  })

  test.each([
    ['the requester', 'requester'],
    ['whoever last changed the ticket', 'changer'],
    ['an author of a commit inside', 'author'],
  ] as const)('by %s: refused with the reason', async (_name, who) => {
    const { ticket, people } = await givenTicket(database.db, 'uat-prod')
    const person = people.cab[0]
    if (who === 'requester')
      await database.db.ticket.update({ where: { id: ticket.id }, data: { requestedById: person.id } })
    if (who === 'changer')
      await database.db.ticket.update({ where: { id: ticket.id }, data: { changedById: person.id } })
    if (who === 'author') {
      const commit = {
        sha: newId(),
        position: 9,
        message: 'fix: x',
        authorName: 'x',
        authorEmail: person.email.toUpperCase(),
      }
      const rest = { committedAt: new Date(), isMerge: false, problems: [], releaseId: ticket.releaseId }
      await database.db.releaseCommit.create({ data: { ...commit, ...rest } })
    }
    const seen = await seenFor(database.db, ticket.id, 'change-request')
    const result = await signOffCriterion(as(person), {
      ticketId: ticket.id,
      criterion: 'change-request',
      verdict: 'yes',
      statement: '',
      seen,
    })
    expect(result).toMatchObject({ ok: false, refusal: { code: 'not-allowed' } })
    if (!result.ok) expect(result.refusal.message).toMatch(/you (requested|last changed|wrote)/)
    expect(await database.db.signOff.count({ where: { ticketId: ticket.id } })).toBe(0)
  })

  test('no with nothing to read in the comment is refused', async () => {
    const { ticket, people } = await givenTicket(database.db, 'test-uat')
    const seen = await seenFor(database.db, ticket.id, 'qa-sign-off')
    for (const statement of ['', '   ', '\u200b\u200d']) {
      const result = await signOffCriterion(as(people.qa), {
        ticketId: ticket.id,
        criterion: 'qa-sign-off',
        verdict: 'no',
        statement,
        seen,
      })
      expect(result).toMatchObject({ ok: false, refusal: { code: 'invalid' } })
    }
  })

  test('for content that changed meanwhile: stale, nothing recorded', async () => {
    const { ticket, people } = await givenTicket(database.db, 'test-uat')
    const input = {
      ticketId: ticket.id,
      criterion: 'qa-sign-off',
      verdict: 'yes',
      statement: '',
      seen: 'sha256:older',
    } as const
    expect(await signOffCriterion(as(people.qa), input)).toMatchObject({ ok: false, refusal: { code: 'stale' } })
    expect(await database.db.signOff.count({ where: { ticketId: ticket.id } })).toBe(0)
  })

  test('moving the window voids the votes of the CAB and not the sign-off of the business; going back does not revive them', async () => {
    const { ticket, people } = await givenTicket(database.db, 'uat-prod')
    await meetAll(database.db, ticket.id, people)
    const first = await database.db.record.findFirstOrThrow({
      where: { ticketId: ticket.id, criterion: 'deployment-window', endedAt: null },
    })
    const later = { start: '2027-01-07T19:00:00Z', end: '2027-01-07T21:00:00Z', zone: 'Europe/Oslo' }
    for (const content of [later, first.content]) {
      const result = await makeRecord(as(people.releaseManager), {
        ticketId: ticket.id,
        criterion: 'deployment-window',
        content,
      })
      expect(result.ok).toBe(true)
    }
    const standing = await database.db.signOff.findMany({ where: { ticketId: ticket.id, endedAt: null } })
    expect(standing.map(row => row.criterion)).toEqual(['uat-sign-off'])
    const ended = await database.db.signOff.findMany({ where: { ticketId: ticket.id, criterion: 'change-request' } })
    expect(ended.map(row => row.endedBecause)).toEqual([
      'the deployment window changed',
      'the deployment window changed',
    ])
  })

  test('withdrawn before the promotion blocks it', async () => {
    const { ticket, people } = await givenTicket(database.db, 'test-uat')
    await meetAll(database.db, ticket.id, people)
    const vote = await database.db.signOff.findFirstOrThrow({ where: { ticketId: ticket.id } })
    expect((await withdrawSignOff(as(people.qa), { signOffId: vote.id })).ok).toBe(true)
    expect(await promote(as(people.qa), { ticketId: ticket.id })).toMatchObject({
      ok: false,
      refusal: { code: 'gate-shut' },
    })
  })

  test('approve, then withdraw and promote at the same time, 40 rounds: never a promotion after a withdrawal', async () => {
    for (let round = 0; round < 40; round += 1) {
      const { ticket, people } = await givenTicket(database.db, 'test-uat')
      await meetAll(database.db, ticket.id, people)
      const vote = await database.db.signOff.findFirstOrThrow({ where: { ticketId: ticket.id } })
      const [promoted, withdrawn] = await Promise.all([
        promote(as(people.qa), { ticketId: ticket.id }),
        withdrawSignOff(as(people.qa), { signOffId: vote.id }),
      ])
      expect([promoted.ok, withdrawn.ok]).toContain(true)
      expect(promoted.ok && withdrawn.ok).toBe(false)
    }
  })
})

test('a hop that somebody holds makes a decision wait, not pass', async () => {
  const { ticket, people, project } = await givenTicket(database.db, 'test-uat')
  await meetAll(database.db, ticket.id, people)
  let released = false
  const holding = withTransaction(database.db, async tx => {
    await lockHops(tx, project.id, 'test-uat')
    await new Promise(next => setTimeout(next, 300))
    released = true
    return { ok: true, value: null }
  })
  await new Promise(next => setTimeout(next, 50))
  const result = await promote(as(people.qa), { ticketId: ticket.id })
  expect({ released, ok: result.ok }).toEqual({ released: true, ok: true })
  await holding
})

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Fabric, openFabric } from '@/lib/fabric/fabric'
import { listItems } from '@/lib/fabric/items'
import { giveUp } from '@/lib/promotion/commands/give-up'
import { lookAgain } from '@/lib/promotion/commands/look-again'
import { promote } from '@/lib/promotion/commands/promote'
import { cloneDatabase, type TestDatabase } from '@/scripts/test/clone-database'
import { makePerson, type Person } from '@/scripts/test/factories'
import { portalEnvironment } from '@/scripts/test/portal-environment'
import {
  type DemoProject,
  giveEvidence,
  givenDemoProject,
  givenPlannedTicket,
  givenPromotion,
  givenRelease,
  promotionEnd,
  workflowEnd,
} from '@/scripts/test/promotion-factory'
import { type SimulatedFabric, startSimulatedFabric } from '@/scripts/test/simulated-fabric'
import { demo } from '@/simulator/demo/tenant'
import { startWorker, type Worker } from './worker'

const target = demo.workspaces.test
const slow = 180_000
/** How long an operation may take before the run says that nobody can tell. */
const patienceMs = 1_500
const longMs = 6_000

let database: TestDatabase
let simulated: SimulatedFabric
let worker: Worker
let project: DemoProject
let manager: Person

beforeAll(async () => {
  database = await cloneDatabase()
  simulated = await startSimulatedFabric()
  Object.assign(process.env, portalEnvironment(database, simulated))
  project = await givenDemoProject(database.db)
  manager = await makePerson(database.db, { roles: ['release-manager'], projectId: project.id })
  const { settings } = simulated
  const held = globalThis as { gatehouseFabric?: Fabric }
  held.gatehouseFabric = openFabric({ ...settings, patience: { ...settings.patience, operationMs: patienceMs } })
  worker = await startWorker()
})

afterAll(async () => {
  await worker.stop()
  await simulated.stop()
  await database.drop()
})

beforeEach(async () => {
  await simulated.control('POST', 'reset')
  await quick()
})

const quick = () => simulated.set({ operationMs: 30, jobMs: 30, exportMs: 30, endpointDelayMs: 30 })
const by = (actor: Person) => ({ actor, db: database.db })
const audited = (ticketId: string, action: string) =>
  database.db.auditEntry.findMany({ where: { ticketId, action }, orderBy: { sequence: 'asc' } })
const hangs = (match: { afterCalls?: number; times?: number | null } = {}) =>
  simulated.fault(
    { method: 'POST', pathPattern: `/workspaces/${target}/items$`, ...match },
    { kind: 'operation-hangs' },
  )

/** A promotion whose end nobody can tell, after `before` has been done to Fabric. */
async function givenUnknown(strategy: string, before: () => Promise<unknown>) {
  await database.db.project.update({ where: { id: project.id }, data: { strategy } })
  const releaseId = await givenRelease(database.db, simulated.fabric, project)
  const { ticketId, plan } = await givenPlannedTicket(database.db, simulated.fabric, releaseId)
  await workflowEnd(database.db, `plan-${ticketId}`)
  expect(plan.blockers).toEqual([])
  await simulated.clearCalls()
  await before()
  await giveEvidence(database.db, ticketId)
  const promotionId = await givenPromotion(database.db, ticketId)
  const promotion = await promotionEnd(database.db, promotionId, slow)
  expect(promotion, promotion.message ?? '').toMatchObject({ phase: 'unknown', endedAt: null })
  return { promotionId, ticketId, plan, message: promotion.message ?? '' }
}

async function lookedAgain(promotionId: string) {
  expect(await lookAgain(by(manager), { promotionId })).toEqual({ ok: true, value: { promotionId } })
  return promotionEnd(database.db, promotionId, slow)
}

const posts = async (path: RegExp) =>
  (await simulated.calls('POST')).filter(call => path.test(call.path) && (call.status ?? 0) < 300).length
const creates = new RegExp(`/workspaces/${target}/items$`)

const slowAtOnce = () => simulated.set({ operationMs: longMs })

/** From the first deployment on, operations take longer than the run waits for them. */
async function slowFromFirstWrite() {
  const known = await database.db.fabricIntent.count()
  await simulated.fault({ method: 'POST', pathPattern: '/deploy$' }, { kind: 'delay', delayMs: 2_000 })
  slowing = (async () => {
    while ((await database.db.fabricIntent.count()) === known) await pause(20)
    await simulated.set({ operationMs: longMs })
  })()
}
let slowing: Promise<void> = Promise.resolve()
const pause = (ms: number) => new Promise(next => setTimeout(next, ms))

/** The clock of the simulator runs on: what was slow has ended by then. */
const operationsEnd = () => pause(longMs)

describe('looking again', () => {
  test.each(['definitions', 'deployment-pipeline'])(
    'goes on to success by %s once Fabric has ended what was slow, with one call for each item',
    { timeout: slow },
    async strategy => {
      const isCopied = strategy === 'deployment-pipeline'
      const { promotionId, ticketId, plan } = await givenUnknown(strategy, isCopied ? slowFromFirstWrite : slowAtOnce)
      await slowing
      await quick()
      await operationsEnd()
      if (isCopied) await changeInDev()
      const promotion = await lookedAgain(promotionId)
      expect(promotion.phase, promotion.message ?? '').toBe('succeeded')
      expect(await posts(/\/deploy$/)).toBe(isCopied ? 1 : 0)
      const created = plan.items.filter(item => item.action === 'create' && item.via === 'definition')
      expect(await posts(creates)).toBe(created.length)
      const items = (await listItems(simulated.fabric, target)).filter(item => item.type !== 'SQLEndpoint')
      expect(items).toHaveLength(plan.items.length)
      expect(new Set(items.map(item => `${item.type} ${item.displayName}`)).size).toBe(plan.items.length)
      expect(await audited(ticketId, 'promotion.looked-again')).toMatchObject([{ actor: manager.name }])
      expect(await audited(ticketId, 'promotion.backed-up')).toHaveLength(1)
      const outcomes = (await audited(ticketId, 'promotion.ended')).map(row => JSON.parse(row.text).details.outcome)
      expect(outcomes).toEqual(['unknown', 'succeeded'])
    },
  )

  test('writes nothing while Fabric still does not say, and can be asked again', { timeout: slow }, async () => {
    const { promotionId, plan } = await givenUnknown('definitions', () => hangs({ afterCalls: 3 }))
    await simulated.clearFaults()
    for (const _ of ['once', 'twice']) {
      await simulated.clearCalls()
      const promotion = await lookedAgain(promotionId)
      expect(promotion).toMatchObject({ phase: 'unknown', endedAt: null })
      expect(promotion.message).toContain('Fabric still does not say how this ended: create ')
      expect((await simulated.calls('POST')).filter(call => call.path.includes(target) && call.write)).toEqual([])
    }
    const some = await listItems(simulated.fabric, target)
    expect(some.length).toBeLessThan(plan.items.length)
    await ended(promotionId)
  })

  test('is for those who may, and only while the end is unknown', { timeout: slow }, async () => {
    const { promotionId, ticketId } = await givenUnknown('definitions', () => hangs({ times: null }))
    const qa = await makePerson(database.db, { roles: ['qa'], projectId: project.id })
    const asked = { promotionId, reason: 'It is not there' }
    for (const act of [lookAgain(by(qa), { promotionId }), giveUp(by(qa), asked)]) {
      expect(await act).toMatchObject({ ok: false, refusal: { code: 'not-allowed' } })
    }
    const refused = (await audited(ticketId, 'refused')).map(row => [row.actor, JSON.parse(row.text).details.command])
    expect(refused).toEqual(
      expect.arrayContaining([
        [qa.name, 'have the portal look again'],
        [qa.name, 'give up a run'],
      ]),
    )
    await ended(promotionId)
    for (const act of [lookAgain(by(manager), { promotionId }), giveUp(by(manager), asked)]) {
      expect(await act).toMatchObject({ ok: false, refusal: { code: 'conflict' } })
    }
    expect(await audited(ticketId, 'promotion.looked-again')).toEqual([])
    const { phase } = await database.db.promotion.findUniqueOrThrow({ where: { id: promotionId } })
    expect(phase).toBe('errored')
  })
})

describe('giving up', () => {
  test('ends the run with the reason and who, and frees the environment for the next', { timeout: slow }, async () => {
    const { promotionId, ticketId, message } = await givenUnknown('definitions', () => hangs({ afterCalls: 3 }))
    await simulated.clearFaults()
    const blank = await giveUp(by(manager), { promotionId, reason: '\u200b \u2060' })
    expect(blank).toMatchObject({ ok: false, refusal: { code: 'invalid', facts: { field: 'reason' } } })
    expect(await giveUp(by(manager), { promotionId, reason: 'Fabric support says it died' })).toEqual({
      ok: true,
      value: { phase: 'partial' },
    })
    const given = await database.db.promotion.findUniqueOrThrow({ where: { id: promotionId } })
    expect(given).toMatchObject({ phase: 'partial', endedAt: expect.any(Date) })
    expect(given.message).toContain(`Given up by ${manager.name}: Fabric support says it died`)
    expect(given.message).toContain(message)
    expect(await audited(ticketId, 'promotion.given-up')).toMatchObject([{ actor: manager.name }])
    const outcomes = (await audited(ticketId, 'promotion.ended')).map(row => JSON.parse(row.text).details.outcome)
    expect(outcomes).toEqual(['unknown', 'partial'])
    const ticket = await database.db.ticket.findUniqueOrThrow({ where: { id: ticketId } })
    expect(ticket).toMatchObject({ status: 'open', step: 'execute', outcome: 'partial' })

    await workflowEnd(database.db, `plan-after-${promotionId}`)
    const retried = await promote(by(await makePerson(database.db, { roles: ['developer'], projectId: project.id })), {
      ticketId,
    })
    if (!retried.ok) throw new Error(retried.refusal.message)
    const promotion = await promotionEnd(database.db, retried.value.promotionId, slow)
    // The hung creation still holds the name in Fabric: the new run has its turn, and ends with a known end.
    expect(promotion.startedAt).not.toBeNull()
    expect(promotion).toMatchObject({ environmentId: given.environmentId, endedAt: expect.any(Date) })
  })
})

async function ended(promotionId: string): Promise<void> {
  const given = await giveUp(by(manager), { promotionId, reason: 'The test is over' })
  expect(given.ok).toBe(true)
  await workflowEnd(database.db, `plan-after-${promotionId}`)
}

async function changeInDev() {
  const notebook = (await listItems(simulated.fabric, demo.workspaces.dev, 'Notebook')).find(
    item => item.displayName === 'nb_check_quality',
  )
  const change = { item: { id: notebook?.id }, path: 'notebook-content.py', text: '# Fabric notebook source\n' }
  await simulated.control('POST', `workspaces/${demo.workspaces.dev}/edit`, change)
}

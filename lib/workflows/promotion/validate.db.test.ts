import { DBOS } from '@dbos-inc/dbos-sdk'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cloneDatabase, type TestDatabase } from '@/scripts/test/clone-database'
import { portalEnvironment } from '@/scripts/test/portal-environment'
import {
  giveEvidence,
  givenDemoProject,
  givenPlannedTicket,
  givenPromotion,
  givenRelease,
} from '@/scripts/test/promotion-factory'
import { type SimulatedFabric, startSimulatedFabric } from '@/scripts/test/simulated-fabric'
import { type Run, takeOver } from './run'
import { type Validating, validate } from './validate'

const slow = 120_000

let database: TestDatabase
let simulated: SimulatedFabric
let run: Run

beforeAll(async () => {
  database = await cloneDatabase()
  simulated = await startSimulatedFabric()
  Object.assign(process.env, portalEnvironment(database, simulated))
  await launchWithoutQueues()
  const project = await givenDemoProject(database.db, { smokeTests: [] })
  const releaseId = await givenRelease(database.db, simulated.fabric, project)
  const { ticketId } = await givenPlannedTicket(database.db, simulated.fabric, releaseId)
  await giveEvidence(database.db, ticketId)
  const id = await givenPromotion(database.db, ticketId)
  await database.db.promotion.update({ where: { id }, data: { phase: 'running' } })
  run = await taken(id)
}, slow)

/** Steps can run, and what is enqueued stays where it is. */
async function launchWithoutQueues(): Promise<void> {
  DBOS.setConfig({
    name: 'gatehouse',
    systemDatabaseUrl: database.portalUrl,
    runMigrations: false,
    logLevel: 'error',
  })
  await DBOS.launch()
}

afterAll(async () => {
  await DBOS.shutdown()
  await simulated.stop()
  await database.drop()
})

async function taken(promotionId: string): Promise<Run> {
  const own = await takeOver(database.db, simulated.fabric, promotionId)
  if (own === null) throw new Error('the promotion cannot be taken')
  return own
}

/** A run that has nothing to validate but the smoke tests named. */
const validating = (own: Run, ...smokeTests: string[]) =>
  ({
    run: { ...own, smokeTests },
    input: { tier: 'test', variables: [], environments: [] },
    plan: { items: [] },
    written: new Map(),
  }) as unknown as Validating

const rows = () => database.db.validation.findMany({ where: { promotionId: run.promotionId } })
const audited = () => database.db.auditEntry.count({ where: { action: 'validation.ended' } })

test('a validation that another worker has taken over meanwhile leaves no row', { timeout: slow }, async () => {
  await simulated.fault({ method: 'GET', pathPattern: '/items$' }, { kind: 'delay', delayMs: 2_000 })
  const old = validate(validating(run, 'nb_smoke_test'))
  const looking = () => database.db.promotionProgress.count({ where: { item: 'nb_smoke_test' } })
  await expect.poll(looking, { timeout: 20_000 }).toBe(1)
  run = await taken(run.promotionId)
  const ended = await Promise.race([old, new Promise(next => setTimeout(next, 4_000, 'stands still'))])
  expect(ended).toBe('stands still')
  expect(await rows()).toEqual([])
  expect(await audited()).toBe(0)
})

test('steps that run again write over their rows, and are audited once', { timeout: slow }, async () => {
  for (let time = 0; time < 2; time += 1) {
    expect(await validate(validating(run, 'nb_smoke_test'))).toMatchObject({ ok: false })
    const kinds = (await rows()).map(row => `${row.kind} ${row.status}`).sort()
    expect(kinds).toEqual(['data-connectivity not-applicable', 'report-rendering not-applicable', 'smoke-tests failed'])
    expect(await audited()).toBe(1)
  }
})

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { readWorkspace } from '@/lib/fabric/read-workspace'
import { listItems } from '@/lib/fabric/items'
import { cloneDatabase, type TestDatabase } from '@/scripts/test/clone-database'
import { portalEnvironment } from '@/scripts/test/portal-environment'
import {
  type DemoProject,
  givenDemoProject,
  givenOpenGate,
  givenPromotion,
  givenRelease,
  promotionEnd,
} from '@/scripts/test/promotion-factory'
import { type SimulatedFabric, startSimulatedFabric } from '@/scripts/test/simulated-fabric'
import { demo } from '@/simulator/demo/tenant'
import { startWorker, type Worker } from './worker'

let database: TestDatabase
let simulated: SimulatedFabric
let worker: Worker
let project: DemoProject

beforeAll(async () => {
  database = await cloneDatabase()
  simulated = await startSimulatedFabric()
  Object.assign(process.env, portalEnvironment(database, simulated))
  project = await givenDemoProject(database.db, { smokeTests: ['nb_smoke_test'] })
  worker = await startWorker()
})

afterAll(async () => {
  await worker.stop()
  await simulated.stop()
  await database.drop()
})

beforeEach(async () => {
  await simulated.control('POST', 'reset')
  await simulated.clearCalls()
})

const use = (strategy: string) => database.db.project.update({ where: { id: project.id }, data: { strategy } })

async function promoteRelease() {
  const releaseId = await givenRelease(database.db, simulated.fabric, project)
  const { ticketId, plan } = await givenOpenGate(database.db, simulated.fabric, project, releaseId)
  expect(plan.blockers).toEqual([])
  const promotionId = await givenPromotion(database.db, ticketId)
  return { releaseId, plan, ticketId, promotion: await promotionEnd(database.db, promotionId) }
}

const progressOf = (promotionId: string) =>
  database.db.promotionProgress.findMany({ where: { promotionId }, orderBy: { sequence: 'asc' } })

describe.each(['definitions', 'deployment-pipeline'])('by %s', strategy => {
  test('fills an empty target, then updates it; each ends as planned', async () => {
    await use(strategy)
    const first = await promoteRelease()
    expect(first.promotion).toMatchObject({ phase: 'succeeded', strategy })
    console.log(first.promotion.message)
  })
})

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { listItems } from '@/lib/fabric/items'
import { cloneDatabase, type TestDatabase } from '@/scripts/test/clone-database'
import { portalEnvironment } from '@/scripts/test/portal-environment'
import {
  type DemoProject,
  giveEvidence,
  givenDemoProject,
  givenPlannedTicket,
  givenPromotion,
  givenRelease,
  promotionEnd,
} from '@/scripts/test/promotion-factory'
import { type SimulatedFabric, startSimulatedFabric } from '@/scripts/test/simulated-fabric'
import { demo } from '@/simulator/demo/tenant'

const target = demo.workspaces.test
const slow = 400_000

let database: TestDatabase
let simulated: SimulatedFabric
let project: DemoProject
let workers: ChildProcess[] = []

beforeAll(async () => {
  database = await cloneDatabase()
  simulated = await startSimulatedFabric()
  Object.assign(process.env, portalEnvironment(database, simulated))
  project = await givenDemoProject(database.db, { smokeTests: ['nb_smoke_test'] })
})

afterAll(async () => {
  await kill()
  await simulated.stop()
  await database.drop()
})

beforeEach(async () => {
  await kill()
  await simulated.control('POST', 'reset')
  await simulated.set({ operationMs: 200, jobMs: 200, exportMs: 200 })
})

function startWorker(): void {
  const child = spawn(process.execPath, ['--import', 'tsx', 'scripts/worker.ts'], { stdio: 'ignore', env: process.env })
  workers.push(child)
}

async function kill(): Promise<void> {
  for (const worker of workers) {
    if (worker.exitCode !== null || worker.signalCode !== null) continue
    worker.kill('SIGKILL')
    await once(worker, 'exit')
  }
  workers = []
}

async function givenQueued(strategy: string) {
  await database.db.project.update({ where: { id: project.id }, data: { strategy } })
  const releaseId = await givenRelease(database.db, simulated.fabric, project)
  const { ticketId, plan } = await givenPlannedTicket(database.db, simulated.fabric, releaseId)
  expect(plan.blockers).toEqual([])
  await giveEvidence(database.db, ticketId)
  await simulated.clearCalls()
  return { plan, ticketId, promotionId: await givenPromotion(database.db, ticketId) }
}

async function reached(promotionId: string, step: string, lines: number): Promise<void> {
  const until = Date.now() + slow
  while ((await database.db.promotionProgress.count({ where: { promotionId, step } })) < lines) {
    const { phase } = await database.db.promotion.findUniqueOrThrow({ where: { id: promotionId } })
    if (!['queued', 'running', 'validating'].includes(phase)) return
    if (Date.now() > until) throw new Error(`the run never reached ${step}`)
    await new Promise(next => setTimeout(next, 5))
  }
}

async function expectOnce(promotionId: string, ticketId: string, planned: number) {
  const promotion = await promotionEnd(database.db, promotionId, slow)
  expect(promotion.phase, promotion.message ?? '').toBe('succeeded')
  const items = (await listItems(simulated.fabric, target)).filter(item => item.type !== 'SQLEndpoint')
  expect(items).toHaveLength(planned)
  expect(new Set(items.map(item => `${item.type} ${item.displayName}`)).size).toBe(planned)
  const ended = await database.db.auditEntry.count({ where: { ticketId, action: 'promotion.ended' } })
  expect(ended).toBe(1)
  return promotion
}

const made = async (path: RegExp) =>
  (await simulated.calls('POST')).filter(call => path.test(call.path) && [200, 201, 202].includes(call.status ?? 0))
    .length

describe('a worker that is killed and started again', () => {
  test('makes each item once, wherever it was killed', { timeout: slow }, async () => {
    const { promotionId, ticketId, plan } = await givenQueued('definitions')
    for (const [step, lines] of [
      ['write', 2],
      ['write', 16],
      ['validate', 3],
    ] as const) {
      startWorker()
      await reached(promotionId, step, lines)
      await kill()
    }
    startWorker()
    const promotion = await expectOnce(promotionId, ticketId, plan.items.length)
    expect(promotion.epoch).toBe(4)
    expect(await made(/\/items$/)).toBe(plan.counts.create)
    expect(await made(/\/jobs\/RunNotebook\/instances$/)).toBe(1)
    await kill()
  })

  test('deploys once by the deployment pipeline, its answer stored or not', { timeout: slow }, async () => {
    const { promotionId, ticketId, plan } = await givenQueued('deployment-pipeline')
    await simulated.fault({ method: 'POST', pathPattern: '/deploy$' }, { kind: 'act-then-drop' })
    startWorker()
    await reached(promotionId, 'deploy', 2)
    while ((await simulated.calls('POST')).every(call => !call.path.endsWith('/deploy')))
      await new Promise(next => setTimeout(next, 5))
    await kill()
    startWorker()
    await expectOnce(promotionId, ticketId, plan.items.length)
    const calls = (await simulated.calls('POST')).filter(call => call.path.endsWith('/deploy'))
    expect(calls).toHaveLength(1)
    await kill()
  })
})

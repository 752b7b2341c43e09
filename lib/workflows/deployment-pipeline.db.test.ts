import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Hop, hopEnds, hops } from '@/lib/environment/hop'
import type { Fabric } from '@/lib/fabric/fabric'
import { readWorkspace } from '@/lib/fabric/read-workspace'
import { cloneDatabase, type TestDatabase } from '@/scripts/test/clone-database'
import { type LinkedProject, makePeople, releaseOfDev } from '@/scripts/test/linked-project'
import { portalEnvironment } from '@/scripts/test/portal-environment'
import { givenDemoProject } from '@/scripts/test/promotion-factory'
import { type SimulatedFabric, startSimulatedFabric } from '@/scripts/test/simulated-fabric'
import { ticketAt, walkHop } from '@/scripts/test/walk-hop'
import { demo } from '@/simulator/demo/tenant'
import { readPlan } from './make-plan'
import { startWorker, type Worker } from './worker'

const slow = 300_000

let database: TestDatabase
let simulated: SimulatedFabric
let worker: Worker
let project: LinkedProject

beforeAll(async () => {
  database = await cloneDatabase()
  simulated = await startSimulatedFabric()
  Object.assign(process.env, portalEnvironment(database, simulated))
  const held = globalThis as { gatehouseFabric?: Fabric }
  held.gatehouseFabric = simulated.fabric
  await simulated.set({ operationMs: 5, jobMs: 5, exportMs: 5, endpointDelayMs: 5, asyncRate: 0.2 })
  const { id } = await givenDemoProject(database.db, { strategy: 'deployment-pipeline', smokeTests: ['nb_smoke_test'] })
  const people = await makePeople(database.db, id)
  project = { id, name: demo.project, workspaces: demo.workspaces, people }
  worker = await startWorker()
}, slow)

afterAll(async () => {
  await worker.stop()
  await simulated.stop()
  await database.drop()
})

const deploys = async () => (await simulated.calls('POST')).filter(call => call.path.endsWith('/deploy')).length

async function walk(releaseId: string, hop: Hop) {
  const ticketId = await ticketAt(database.db, releaseId, hop)
  const plan = await readPlan(database.db, simulated.fabric, ticketId)
  await simulated.clearCalls()
  const promotion = await walkHop(database.db, project, ticketId, slow)
  return { ticketId, plan, promotion, deploys: await deploys() }
}

describe('by deployment pipeline', () => {
  test('a release goes from stage to stage, each time rewritten for the tier', { timeout: slow }, async () => {
    const releaseId = await releaseOfDev(database.db, simulated, project)
    for (const hop of hops) {
      const { ticketId, plan, promotion, deploys } = await walk(releaseId, hop)
      console.log(
        hop,
        plan.items.map(i => `${i.type} ${i.targetName} ${i.action} ${i.via} ${i.thenDefinition}`),
      )
      expect(promotion.phase, promotion.message ?? '').toBe('succeeded')
      expect(deploys).toBe(1)
      const again = await readPlan(database.db, simulated.fabric, ticketId)
      expect(again.counts).toMatchObject({ create: 0, update: 0, unchanged: plan.items.length })
    }
  })
})

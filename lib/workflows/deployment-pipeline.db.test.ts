import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Hop, hopEnds, hops } from '@/lib/environment/hop'
import type { Tier } from '@/lib/environment/tier'
import type { Fabric } from '@/lib/fabric/fabric'
import { listItems, moveItem } from '@/lib/fabric/items'
import { readWorkspace } from '@/lib/fabric/read-workspace'
import { createFolder } from '@/lib/fabric/workspaces'
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

async function walk(releaseId: string, hop: Hop) {
  const ticketId = await ticketAt(database.db, releaseId, hop)
  const plan = await readPlan(database.db, simulated.fabric, ticketId)
  await simulated.clearCalls()
  const promotion = await walkHop(database.db, project, ticketId, slow)
  const deploys = (await simulated.calls('POST')).filter(call => call.path.endsWith('/deploy'))
  return { ticketId, plan, promotion, deploys }
}

const environment = { item: { type: 'Environment', displayName: 'env_claims' } }
const libraries = 'Libraries/PublicLibraries/environment.yml'
const edit = (tier: Tier, text: string) =>
  simulated.control('POST', `workspaces/${demo.workspaces[tier]}/edit`, { ...environment, path: libraries, text })

async function librariesIn(tier: Tier): Promise<string> {
  const { items } = await readWorkspace(simulated.fabric, demo.workspaces[tier])
  const part = items.find(item => item.type === 'Environment')?.parts?.find(({ path }) => path === libraries)
  return Buffer.from(part?.bytes ?? []).toString()
}

async function moveWarehouse(tier: Tier): Promise<void> {
  const workspaceId = demo.workspaces[tier]
  const folder = await createFolder(simulated.fabric, workspaceId, { displayName: 'Elsewhere', parentFolderId: null })
  const [warehouse] = await listItems(simulated.fabric, workspaceId, 'Warehouse')
  await moveItem(simulated.fabric, workspaceId, warehouse?.id ?? '', folder)
}

describe('by deployment pipeline', () => {
  test('a release goes from stage to stage, each time rewritten for the tier', { timeout: slow }, async () => {
    const releaseId = await releaseOfDev(database.db, simulated, project)
    for (const hop of hops) {
      const { ticketId, plan, promotion, deploys } = await walk(releaseId, hop)
      expect(promotion.phase, promotion.message ?? '').toBe('succeeded')
      expect(deploys).toHaveLength(1)
      expect(plan.items.filter(item => item.via === 'pipeline').length).toBeGreaterThan(15)
      const again = await readPlan(database.db, simulated.fabric, ticketId)
      expect(again.counts).toMatchObject({ create: 0, update: 0, unchanged: plan.items.length })
    }
  })

  test('a change is copied, what moved is moved back, and what was changed by hand is not copied on', {
    timeout: slow,
  }, async () => {
    const old = await librariesIn('prod')
    const changed = 'dependencies:\n  - pip:\n      - example==2.0\n'
    await edit('dev', changed)
    const releaseId = await releaseOfDev(database.db, simulated, project)
    await moveWarehouse('uat')
    for (const hop of ['dev-test', 'test-uat'] as const) {
      const { plan, promotion, deploys } = await walk(releaseId, hop)
      expect(promotion.phase, promotion.message ?? '').toBe('succeeded')
      const going = plan.items.filter(item => item.via !== 'none').map(({ type, action, via }) => [type, action, via])
      const moved = hop === 'test-uat' ? [['Warehouse', 'update', 'definition']] : []
      expect(going.sort()).toEqual([['Environment', 'update', 'pipeline'], ...moved])
      expect(deploys).toHaveLength(1)
      expect(await librariesIn(hopEnds[hop].target)).toBe(changed)
    }
    await edit('uat', `${changed}# by hand\n`)
    const { promotion, deploys } = await walk(releaseId, 'uat-prod')
    expect(promotion).toMatchObject({ phase: 'failed' })
    expect(promotion.message).toContain('Environment env_claims was changed')
    expect(deploys).toEqual([])
    expect(await librariesIn('prod')).toBe(old)
  })
})

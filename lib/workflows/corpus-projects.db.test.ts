import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Rule } from '@/lib/configuration/rule'
import type { Variable } from '@/lib/configuration/variable'
import { type Hop, hopEnds, hops } from '@/lib/environment/hop'
import { workspaceNameOf } from '@/lib/environment/naming'
import { type Tier, tiers } from '@/lib/environment/tier'
import type { Fabric } from '@/lib/fabric/fabric'
import { listItems } from '@/lib/fabric/items'
import { readWorkspace } from '@/lib/fabric/read-workspace'
import { itemLabel, type Plan } from '@/lib/promotion/plan'
import { zeroId } from '@/lib/promotion/resolution'
import type { Snapshot } from '@/lib/release/snapshot'
import { cloneDatabase, type TestDatabase } from '@/scripts/test/clone-database'
import { givenLinkedProject, type LinkedProject, type ProjectToLink, releaseOfDev } from '@/scripts/test/linked-project'
import { portalEnvironment } from '@/scripts/test/portal-environment'
import { type SimulatedFabric, startSimulatedFabric } from '@/scripts/test/simulated-fabric'
import { ticketAt, walkHop } from '@/scripts/test/walk-hop'
import { readPlan } from './make-plan'
import { startWorker, type Worker } from './worker'

const corpus = resolve('../shared/fabric/corpus')
const slow = 300_000

let database: TestDatabase
let simulated: SimulatedFabric
let worker: Worker

beforeAll(async () => {
  if (!existsSync(corpus)) return
  database = await cloneDatabase()
  simulated = await startSimulatedFabric()
  Object.assign(process.env, portalEnvironment(database, simulated))
  const held = globalThis as { gatehouseFabric?: Fabric }
  held.gatehouseFabric = simulated.fabric
  const times = { operationMs: 5, jobMs: 5, exportMs: 5, refreshMs: 5, endpointDelayMs: 5, nameReservationMs: 0 }
  await simulated.set({ ...times, asyncRate: 0.2 })
  worker = await startWorker()
}, slow)

afterAll(async () => {
  await worker?.stop()
  await simulated?.stop()
  await database?.drop()
})

const byTier = (value: (tier: Tier) => string) =>
  Object.fromEntries(tiers.map(tier => [tier, value(tier)])) as Record<Tier, string>

const sampleVariables: Variable[] = [
  {
    name: 'Lakehouse',
    kind: 'lakehouse',
    values: { ...byTier(tier => `WithoutSchema_${tier}`), dev: 'WithoutSchema' },
  },
  {
    name: 'SQL server',
    kind: 'text',
    values: { ...byTier(tier => `contoso-${tier}.example`), dev: 'contoso-ppe.database.windows.net' },
  },
  { name: 'Report workspace', kind: 'text', values: byTier(tier => `${tier}-workspace-id`) },
]
const sampleRules: Rule[] = [
  { kind: 'lakehouse', name: 'Lakehouse', variable: 'Lakehouse' },
  {
    kind: 'parameter',
    name: 'Server',
    variable: 'SQL server',
    parameter: 'SQL_Server',
    itemTypes: ['VariableLibrary'],
  },
  { kind: 'data-source', name: 'Report workspace', variable: 'Report workspace', itemTypes: ['Report'] },
]

type Corpus = ProjectToLink & {
  readonly items: number
  readonly leftOut: readonly string[]
  /** A report that comes bound to a model that does not exist, and the model that Dev binds it to. */
  readonly unbound?: { readonly report: string; readonly model: string }
}

const projects: Corpus[] = [
  {
    project: 'Sample',
    domain: 'Definitions',
    folder: `${corpus}/cicd-sample`,
    variables: sampleVariables,
    rules: sampleRules,
    items: 40,
    unbound: { report: 'ByConnection', model: 'ABC' },
    leftOut: [
      'DataBuildToolJob SampleDataBuildToolJob',
      'MLExperiment cicd_experiment',
      'Map sample_map',
      'Ontology Ontology_Sample',
      'UserDataFunction SampleUserDataFunction',
    ],
  },
  { project: 'Framework', domain: 'Definitions', folder: `${corpus}/metadata-framework`, items: 46, leftOut: [] },
  {
    project: 'Framework',
    domain: 'Pipeline',
    folder: `${corpus}/metadata-framework`,
    strategy: 'deployment-pipeline',
    items: 46,
    leftOut: [],
  },
]

describe.skipIf(!existsSync(corpus)).each(projects)('$project by $domain', wanted => {
  test('every item of it reaches Prod, or its plan says why not', { timeout: slow }, async () => {
    const project = await givenLinkedProject(database.db, simulated, wanted)
    if (wanted.unbound) await bindReport(project, wanted.unbound)
    const release = await readWorkspace(simulated.fabric, project.workspaces.dev)
    expect(release.items).toHaveLength(wanted.items)
    const releaseId = await releaseOfDev(database.db, simulated, project)
    await simulated.clearCalls()
    for (const hop of hops) {
      const ticketId = await ticketAt(database.db, releaseId, hop)
      const plan = await readPlan(database.db, simulated.fabric, ticketId)
      expect(plan.blockers).toEqual([])
      const promotion = await walkHop(database.db, project, ticketId, slow)
      expect(promotion.phase, promotion.message ?? '').toBe('succeeded')
      await expectWrittenAfterTheGate(project, ticketId, hop)
      const arrived = await readWorkspace(simulated.fabric, project.workspaces[hopEnds[hop].target])
      expectArrived(wanted, release, plan, arrived)
      const again = await readPlan(database.db, simulated.fabric, ticketId)
      expect(again.counts).toMatchObject({ create: 0, update: 0, unchanged: arrived.items.length })
      expectBytes(plan, again)
      if (!wanted.rules) expectDevBytes(release, arrived)
    }
    for (const tier of tiers) await expectNothingOfOthers(project, tier)
  })
})

async function bindReport({ workspaces: { dev } }: LinkedProject, { report, model }: NonNullable<Corpus['unbound']>) {
  const models = await listItems(simulated.fabric, dev, 'SemanticModel')
  const replace = models.find(one => one.displayName === model)?.id
  const item = { type: 'Report', displayName: report }
  await simulated.control('POST', `workspaces/${dev}/edit`, { item, path: 'definition.pbir', find: zeroId, replace })
}

/** Each item stands in the target once under its planned name; what does not has a reason in the plan. */
function expectArrived({ leftOut }: Corpus, release: Snapshot, plan: Plan, arrived: Snapshot): void {
  expect(plan.items.map(item => item.sourceId).sort()).toEqual(release.items.map(item => item.objectId).sort())
  const going = plan.items.filter(item => item.action === 'create')
  const left = plan.items.filter(item => item.action !== 'create')
  expect(left.map(item => itemLabel({ type: item.type, name: item.sourceName })).sort()).toEqual(leftOut)
  for (const item of left) {
    expect(item.action).toBe('not-supported')
    expect(item.because.join('')).not.toBe('')
  }
  const wanted = going.map(item => `${itemLabel({ type: item.type, name: item.targetName })} in ${item.folder}`)
  expect(arrived.items.map(item => `${itemLabel(item)} in ${item.folder}`).sort()).toEqual(wanted.sort())
}

/** The plan made again holds the bytes that the target has (`before`) and those that the release has there now (`after`). */
function expectBytes(plan: Plan, again: Plan): void {
  const known = new Map(plan.items.map(item => [item.sourceId, item.parts]))
  for (const { sourceId, targetName, parts } of again.items) {
    expect(
      parts.map(part => part.path),
      targetName,
    ).toEqual(known.get(sourceId)?.map(part => part.path))
    for (const { path, before, after } of parts.filter(part => part.path !== '.platform')) {
      expect(after, `${targetName} ${path}`).toBe(before)
      const planned = known.get(sourceId)?.find(part => part.path === path)
      if (planned?.awaits.length === 0) expect(before, `${targetName} ${path}`).toBe(planned.after)
    }
  }
}

/** Without rules, a part of the target with its own ids turned back into those of Dev is Dev's part, byte for byte. */
function expectDevBytes(release: Snapshot, arrived: Snapshot): void {
  const inDev = new Map(release.items.map(item => [itemLabel(item), item]))
  const back = new Map(arrived.items.map(item => [item.objectId, inDev.get(itemLabel(item))?.objectId ?? '']))
  back.set(arrived.workspaceId, release.workspaceId)
  const own = new RegExp([...back.keys()].join('|'), 'g')
  for (const item of arrived.items)
    for (const { path, bytes } of (item.parts ?? []).filter(part => part.path !== '.platform')) {
      const text = Buffer.from(bytes).toString('latin1')
      const before = inDev.get(itemLabel(item))?.parts?.find(part => part.path === path)?.bytes ?? []
      const turned = text.replace(own, id => back.get(id) ?? id)
      expect(turned === Buffer.from(before).toString('latin1'), `${itemLabel(item)} ${path}`).toBe(true)
    }
}

/** Every write of this hop, between its gate decision and the end of its promotion, went into its target. */
async function expectWrittenAfterTheGate(project: LinkedProject, ticketId: string, hop: Hop): Promise<void> {
  const where = { ticketId }
  const { decidedAt } = await database.db.gateDecision.findFirstOrThrow({ where })
  const writes = (await simulated.calls()).filter(call => call.write)
  expect(writes.length).toBeGreaterThan(0)
  expect(writes.filter(call => new Date(call.time) < decidedAt)).toEqual([])
  const target = project.workspaces[hopEnds[hop].target]
  const isInto = (path: string) => path.includes(target) || path.endsWith('/deploy')
  expect(writes.filter(call => !isInto(call.path))).toEqual([])
  const deploys = writes.filter(call => call.path.endsWith('/deploy'))
  const { strategy } = await database.db.promotion.findFirstOrThrow({ where })
  expect(deploys).toHaveLength(strategy === 'definitions' ? 0 : 1)
  await simulated.clearCalls()
}

/** Ids and workspace names of the other tiers, looked for in the raw bytes of every part. */
async function expectNothingOfOthers(project: LinkedProject, tier: Tier): Promise<void> {
  const others = tiers.filter(other => other !== tier)
  const ids = await Promise.all(
    others.map(async other => {
      const items = await listItems(simulated.fabric, project.workspaces[other])
      return [project.workspaces[other], workspaceNameOf(project.name, other), ...items.map(item => item.id)]
    }),
  )
  const pattern = new RegExp(ids.flat().join('|'), 'i')
  const { items } = await readWorkspace(simulated.fabric, project.workspaces[tier])
  for (const item of items)
    for (const part of item.parts ?? [])
      expect(pattern.exec(Buffer.from(part.bytes).toString('latin1'))?.[0], `${itemLabel(item)} ${part.path}`).toBe(
        undefined,
      )
}

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Fabric } from '@/lib/fabric/fabric'
import { createItem, listItems } from '@/lib/fabric/items'
import { readWorkspace } from '@/lib/fabric/read-workspace'
import { getActiveValueSet } from '@/lib/fabric/variable-libraries'
import { loadSnapshot } from '@/lib/release/load-snapshot'
import { snapshotDigest } from '@/lib/release/snapshot'
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
  workflowEnd,
} from '@/scripts/test/promotion-factory'
import { type SimulatedFabric, startSimulatedFabric } from '@/scripts/test/simulated-fabric'
import { demo } from '@/simulator/demo/tenant'
import { startWorker, type Worker } from './worker'

const target = demo.workspaces.test
const slow = 180_000

let database: TestDatabase
let simulated: SimulatedFabric
let worker: Worker
let project: DemoProject

beforeAll(async () => {
  database = await cloneDatabase()
  simulated = await startSimulatedFabric()
  Object.assign(process.env, portalEnvironment(database, simulated))
  project = await givenDemoProject(database.db, { smokeTests: ['nb_smoke_test'] })
  const held = globalThis as { gatehouseFabric?: Fabric }
  held.gatehouseFabric = simulated.fabric
  worker = await startWorker()
})

afterAll(async () => {
  await worker.stop()
  await simulated.stop()
  await database.drop()
})

beforeEach(async () => {
  await simulated.control('POST', 'reset')
  await simulated.set({ operationMs: 30, jobMs: 30, exportMs: 30, endpointDelayMs: 30 })
})

const use = (strategy: string) => database.db.project.update({ where: { id: project.id }, data: { strategy } })

async function givenPlanned() {
  const releaseId = await givenRelease(database.db, simulated.fabric, project)
  const { ticketId, plan } = await givenPlannedTicket(database.db, simulated.fabric, releaseId)
  await workflowEnd(database.db, `plan-${ticketId}`)
  expect(plan.blockers).toEqual([])
  return { releaseId, ticketId, plan }
}

async function promoteRelease(before: () => Promise<unknown> = async () => {}) {
  const planned = await givenPlanned()
  await before()
  await simulated.clearCalls()
  await giveEvidence(database.db, planned.ticketId)
  const promotionId = await givenPromotion(database.db, planned.ticketId)
  return { ...planned, promotion: await promotionEnd(database.db, promotionId, slow) }
}

/** Only what changes the target: its items, its value sets, deployments into it. */
const writes = async () =>
  (await simulated.calls()).filter(call => call.write && call.status !== null && call.status < 300)
const audited = (ticketId: string, action: string) => database.db.auditEntry.findMany({ where: { ticketId, action } })

describe.each(['definitions', 'deployment-pipeline'])('by %s', strategy => {
  test('fills an empty target after the backup, then updates it, then has nothing left to do', {
    timeout: slow,
  }, async () => {
    await use(strategy)
    const first = await promoteRelease()
    expect(first.promotion).toMatchObject({ phase: 'succeeded', strategy })
    const deployments = (await simulated.calls('POST')).filter(call => call.path.endsWith('/deploy'))
    expect(deployments).toHaveLength(strategy === 'definitions' ? 0 : 1)

    const [backedUp] = await audited(first.ticketId, 'promotion.backed-up')
    const early = (await writes()).filter(call => new Date(call.time) < (backedUp?.at ?? new Date(0)))
    expect(early).toEqual([])
    const backup = await loadSnapshot(database.db, first.promotion.backupSnapshotId ?? '')
    expect(backup.items).toEqual([])

    const items = await listItems(simulated.fabric, target)
    const names = items.map(item => `${item.type} ${item.displayName}`)
    expect(new Set(names).size).toBe(names.length)
    for (const planned of first.plan.items) expect(names).toContain(`${planned.type} ${planned.targetName}`)
    const library = items.find(item => item.type === 'VariableLibrary')?.id ?? ''
    expect(await getActiveValueSet(simulated.fabric, target, library)).toBe('Test')

    const environment = await database.db.environment.findFirstOrThrow({
      where: { projectId: project.id, tier: 'test' },
    })
    expect(environment.deployedReleaseId).toBe(first.releaseId)
    const kinds = first.promotion.validations.map(({ kind, status }) => `${kind} ${status}`)
    expect(new Set(kinds)).toEqual(
      new Set(['smoke-tests passed', 'data-connectivity passed', 'report-rendering passed']),
    )
    expect(await audited(first.ticketId, 'promotion.ended')).toHaveLength(1)

    await changeInDev()
    const second = await promoteRelease()
    expect(second.promotion.phase).toBe('succeeded')
    expect(second.plan.counts).toMatchObject({ create: 0, update: 1 })
    const changed = (await readWorkspace(simulated.fabric, target)).items.find(item => item.name === 'nb_check_quality')
    expect(
      Buffer.from(changed?.parts?.find(part => part.path === 'notebook-content.py')?.bytes ?? []).toString(),
    ).toContain('# changed in Dev')
    const beforeSecond = await loadSnapshot(database.db, second.promotion.backupSnapshotId ?? '')
    expect(beforeSecond.items).toHaveLength(first.plan.items.length)
  })
})

async function changeInDev() {
  const read = await readWorkspace(simulated.fabric, demo.workspaces.dev)
  const notebook = read.items.find(item => item.name === 'nb_check_quality')
  const source = notebook?.parts?.find(part => part.path === 'notebook-content.py')
  const text = `${Buffer.from(source?.bytes ?? []).toString()}\n# changed in Dev\n`
  await editItem(notebook?.objectId ?? '', 'notebook-content.py', text)
}

const editItem = (itemId: string, path: string, text: string) =>
  simulated.control('POST', `workspaces/${demo.workspaces.dev}/edit`, { item: { id: itemId }, path, text })

describe('nothing is written', () => {
  const expectNoWrite = async () => expect(await writes()).toEqual([])

  test('when the gate has shut again before its turn came: cancelled', { timeout: slow }, async () => {
    await use('definitions')
    const { ticketId } = await givenPlanned()
    await worker.stop()
    await simulated.clearCalls()
    await giveEvidence(database.db, ticketId)
    const promotionId = await givenPromotion(database.db, ticketId)
    await giveEvidence(database.db, ticketId, 'fail')
    worker = await startWorker()
    const promotion = await promotionEnd(database.db, promotionId, slow)
    expect(promotion.phase).toBe('cancelled')
    expect(promotion.message).toContain('shut again before the run began')
    await expectNoWrite()
  })

  test('when the target was changed after the plan: failed, with what differs', { timeout: slow }, async () => {
    await use('definitions')
    const { promotion, ticketId } = await promoteRelease(() =>
      createItem(simulated.fabric, target, {
        type: 'Lakehouse',
        displayName: 'lh_reference',
        description: '',
        folderId: null,
        parts: null,
      }),
    )
    expect(promotion.phase).toBe('failed')
    expect(promotion.message).toContain('Lakehouse lh_reference was to be created')
    await expectNoWrite()
    expect(await audited(ticketId, 'promotion.backed-up')).toEqual([])
  })

  test('by deployment pipeline when Dev has moved on: failed', { timeout: slow }, async () => {
    await use('deployment-pipeline')
    const { promotion } = await promoteRelease(changeInDev)
    expect(promotion.phase).toBe('failed')
    expect(promotion.message).toContain('is no longer what release')
    await expectNoWrite()
  })
})

describe('by definitions', () => {
  beforeEach(() => use('definitions'))

  test('Dev may move on meanwhile: the release is what arrives', { timeout: slow }, async () => {
    const { promotion } = await promoteRelease(changeInDev)
    expect(promotion.phase).toBe('succeeded')
    const release = await loadSnapshot(
      database.db,
      (await database.db.release.findFirstOrThrow({ orderBy: { createdAt: 'desc' } })).snapshotId,
    )
    expect(snapshotDigest(release)).toBe(promotion.releaseDigest)
  })

  test('answers that get lost after Fabric acted: adopted, each item once', { timeout: slow }, async () => {
    const match = { method: 'POST', pathPattern: `/workspaces/${target}/items$` }
    await simulated.fault({ ...match, times: 2 }, { kind: 'act-then-drop' })
    await simulated.fault({ ...match, times: 2 }, { kind: 'act-then-status', status: 500 })
    const { promotion, plan } = await promoteRelease()
    expect(promotion).toMatchObject({ phase: 'succeeded' })
    const items = (await listItems(simulated.fabric, target)).filter(item => item.type !== 'SQLEndpoint')
    expect(items).toHaveLength(plan.items.length)
  })

  test('one item that Fabric refuses: partial, with what was refused', { timeout: slow }, async () => {
    await simulated.fault(
      { method: 'POST', pathPattern: `/workspaces/${target}/items$`, afterCalls: 2 },
      { kind: 'status', status: 400, errorCode: 'CorruptedPayload', message: 'The payload is corrupted' },
    )
    const { promotion } = await promoteRelease()
    expect(promotion.phase).toBe('partial')
    expect(promotion.message).toContain('CorruptedPayload')
    const failed = await database.db.promotionProgress.findMany({
      where: { promotionId: promotion.id, step: 'write', status: 'failed' },
    })
    expect(failed).toHaveLength(1)
  })

  test('an operation that never ends: unknown, never sent again', { timeout: slow }, async () => {
    await simulated.fault(
      { method: 'POST', pathPattern: `/workspaces/${target}/items$`, afterCalls: 3 },
      { kind: 'operation-hangs' },
    )
    const { promotion } = await promoteRelease()
    expect(promotion).toMatchObject({ phase: 'unknown', endedAt: null })
    await database.db.promotion.update({ where: { id: promotion.id }, data: { phase: 'errored' } })
  })

  test('a smoke test that fails: failed, after all was written', { timeout: slow }, async () => {
    await simulated.fault({ method: 'POST', pathPattern: '/jobs/' }, { kind: 'job-ends', status: 'Failed' })
    const { promotion } = await promoteRelease()
    expect(promotion.phase).toBe('failed')
    expect(promotion.message).toContain('Validation failed: nb_smoke_test')
    expect(promotion.validations.filter(one => one.status === 'failed').map(one => one.kind)).toEqual(['smoke-tests'])
  })

  test('an item of the target that names Dev: failed as a leak, with item, part and value', {
    timeout: slow,
  }, async () => {
    const text = `# Fabric notebook source\nworkspace = "${demo.workspaces.dev}"\n`
    await createItem(simulated.fabric, target, {
      type: 'Notebook',
      displayName: 'nb_forgotten',
      description: '',
      folderId: null,
      parts: [{ path: 'notebook-content.py', bytes: new TextEncoder().encode(text) }],
    })
    const { promotion } = await promoteRelease()
    expect(promotion.phase).toBe('failed')
    expect(promotion.message).toContain(
      `Wrong binding in Notebook nb_forgotten: notebook-content.py, line 2, holds ${demo.workspaces.dev}`,
    )
  })
})

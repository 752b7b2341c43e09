import PQueue from 'p-queue'
import { FabricError } from '@/lib/fabric/errors'
import { moveItem, updateDefinition, updateItem } from '@/lib/fabric/items'
import { getWarehouseConnectionString, waitForSqlEndpoint } from '@/lib/fabric/sql-endpoints'
import { pause } from '@/lib/fabric/time'
import { buildResolution } from '@/lib/promotion/build-resolution'
import { itemLabel, type Plan, type PlannedItem } from '@/lib/promotion/plan'
import type { PlanInput, SqlEndpoint } from '@/lib/promotion/plan-input'
import type { Resolution } from '@/lib/promotion/resolution'
import { type RewrittenPart, rewriteItem } from '@/lib/promotion/rewrite-item'
import type { SnapshotItem } from '@/lib/release/snapshot'
import { createOnce } from './create-once'
import { folderId } from './folders'
import { progress, requireOwn } from './progress'
import type { Run } from './run'
import { type Done, done, type Failure, fabricFailure, fail, step } from './step'
import { tracked } from './tracked'

/** What stands in the target for an item of the release, by the source object id. */
export type Written = { readonly id: string; readonly sqlEndpoint: SqlEndpoint | null }
export type WrittenItems = Map<string, Written>

type Writing = {
  readonly run: Run
  readonly input: PlanInput
  readonly plan: Plan
  readonly folders: Readonly<Record<string, string>>
}

const atOnce = 32

/** Writes items by their definitions, level by level; what is written is added to `written`. After a failure no further level begins. */
export async function writeItems(
  writing: Writing,
  items: readonly PlannedItem[],
  written: WrittenItems,
): Promise<Failure[]> {
  const levels = [...new Set(items.map(item => item.order))].sort((a, b) => a - b)
  for (const level of levels) {
    const resolution = buildResolution(writing.input, written)
    const failures = await writeLevel(
      writing,
      items.filter(item => item.order === level),
      written,
      resolution,
    )
    if (failures.length > 0) return failures
  }
  return []
}

/** Writes again what named items that did not exist when it was written first. */
export async function writeSecondTime(
  writing: Writing,
  items: readonly PlannedItem[],
  written: WrittenItems,
): Promise<Failure[]> {
  const again = items.filter(item => item.secondWrite)
  const known = new Map([...written].map(([sourceId, { id }]) => [sourceId, id]))
  const existing = again.map(item => ({ ...item, targetId: known.get(item.sourceId ?? '') ?? item.targetId }))
  const resolution = buildResolution(writing.input, written)
  return writeLevel(
    writing,
    existing.map(item => ({ ...item, action: 'update' as const, secondWrite: false })),
    written,
    resolution,
    'again',
  )
}

async function writeLevel(
  { run, input, folders }: Writing,
  items: readonly PlannedItem[],
  written: WrittenItems,
  resolution: Resolution,
  suffix = '',
): Promise<Failure[]> {
  const queue = new PQueue({ concurrency: atOnce })
  const bySource = new Map(input.release.items.map(item => [item.objectId, item]))
  const failures: Failure[] = []
  await queue.addAll(
    items.map(planned => async () => {
      const source = bySource.get(planned.sourceId ?? '')
      if (source === undefined) throw new Error(`${planned.sourceName} is not in the release`)
      const label = itemLabel({ type: planned.type, name: planned.targetName })
      const result = await step(`write ${label} ${suffix}`.trim(), () =>
        writeOne(run, { planned, source, parts: partsOf(source, planned, input, resolution), folders, label }),
      )
      if (result.ok) written.set(source.objectId, result.value)
      else failures.push(result.failure)
    }),
  )
  return failures
}

const partsOf = (source: SnapshotItem, planned: PlannedItem, input: PlanInput, resolution: Resolution) =>
  planned.shell ? null : rewriteItem(source, planned.targetName, { ...input, resolution }).parts

type Job = {
  readonly planned: PlannedItem
  readonly source: SnapshotItem
  readonly parts: readonly RewrittenPart[] | null
  readonly folders: Readonly<Record<string, string>>
  readonly label: string
}

async function writeOne(run: Run, job: Job): Promise<Done<Written>> {
  const { planned, parts, label } = job
  const awaited = [...new Set((parts ?? []).flatMap(part => part.awaits))]
  const isWaiting = awaited.length > 0
  if (isWaiting && !planned.secondWrite) {
    const message = `${label} needs ${awaited.join(', ')}, which the run did not make.`
    await progress(run, 'write', label, 'failed', message)
    return fail('errored', message)
  }
  await progress(run, 'write', label, 'running', planned.targetId === null ? 'Creating it' : 'Updating it')
  try {
    const id =
      planned.targetId === null
        ? await create(run, job, isWaiting)
        : await update(run, job, planned.targetId, isWaiting)
    const sqlEndpoint = planned.targetId === null ? await endpointOf(run, planned.type, id) : null
    await progress(run, 'write', label, 'done', planned.targetId === null ? 'Created' : 'Updated')
    return done({ id, sqlEndpoint })
  } catch (error) {
    if (!(error instanceof FabricError)) throw error
    const failed = fabricFailure(error)
    await progress(run, 'write', label, 'failed', failed.failure.message)
    return { ok: false, failure: { ...failed.failure, message: `${label}: ${failed.failure.message}` } }
  }
}

async function create(run: Run, { planned, parts, folders }: Job, isWaiting: boolean): Promise<string> {
  const item = {
    type: planned.type,
    displayName: planned.targetName,
    description: planned.description,
    folderId: folderId(folders, planned.folder),
    parts: isWaiting ? null : parts,
  }
  const { id, isAdopted } = await createOnce(run, `create:${planned.sourceId}`, item)
  if (isAdopted && item.parts !== null)
    await insist(run, () => replaceDefinition(run, { id, type: item.type, name: item.displayName }, item.parts ?? []))
  return id
}

async function update(run: Run, { planned, parts, folders }: Job, id: string, isWaiting: boolean): Promise<string> {
  const { fabric, environment } = run
  if (parts !== null && !isWaiting)
    await insist(run, () => replaceDefinition(run, { id, type: planned.type, name: planned.targetName }, parts))
  const isNamedByPart = isWaiting || parts?.some(part => part.path === '.platform')
  const named = { displayName: planned.targetName, description: planned.description }
  if (!isNamedByPart) await insist(run, () => updateItem(fabric, environment.workspaceId, id, named))
  if (planned.currentFolder !== null && planned.currentFolder.toLowerCase() !== planned.folder.toLowerCase())
    await insist(run, () => moveItem(fabric, environment.workspaceId, id, folderId(folders, planned.folder)))
  return id
}

const replaceDefinition = (
  run: Run,
  item: { readonly id: string; readonly type: string; readonly name: string },
  parts: readonly RewrittenPart[],
): Promise<void> =>
  tracked(run, `update ${itemLabel(item)}`, onStarted =>
    updateDefinition(run.fabric, run.environment.workspaceId, item, parts, onStarted),
  )

const mostTries = 4

/** A write whose repetition changes nothing: sent again when Fabric was busy or its answer got lost, but not while one may still run. */
async function insist<T>(run: Run, write: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    await requireOwn(run)
    try {
      return await write()
    } catch (error) {
      if (!(error instanceof FabricError) || error.kind === 'terminal' || error.errorCode === 'UnknownEnd') throw error
      if (attempt >= mostTries) throw error
      await pause(run.fabric.patience.usualPollMs * attempt)
    }
  }
}

/** What others name of a new store besides its id. */
export async function endpointOf({ fabric, environment }: Run, type: string, id: string): Promise<SqlEndpoint | null> {
  if (type === 'Lakehouse') return waitForSqlEndpoint(fabric, environment.workspaceId, id)
  if (type !== 'Warehouse') return null
  const connectionString = await getWarehouseConnectionString(fabric, environment.workspaceId, id)
  return connectionString === null ? null : { id, connectionString }
}

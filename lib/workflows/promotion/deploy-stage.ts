import {
  listDeployments,
  listStageItems,
  mostItemsInOneDeploy,
  startDeployment,
  waitForDeployment,
} from '@/lib/fabric/deployment-pipelines'
import { FabricError } from '@/lib/fabric/errors'
import { unknownEnd } from '@/lib/fabric/operations'
import type { DeploymentPipelineOperation } from '@/lib/fabric/schemas'
import { pause } from '@/lib/fabric/time'
import { itemLabel, type PlannedItem } from '@/lib/promotion/plan'
import { type Intent, intend, renew, settle, started } from './intent'
import { justNow, lookUntilQuiet } from './look'
import { progress, requireOwn } from './progress'
import type { Run } from './run'
import { type Done, done, type Failure, fail, step } from './step'
import { endpointOf, type WrittenItems } from './write-items'

export type Stages = { readonly pipelineId: string; readonly sourceId: string; readonly targetId: string }

/** Looks whether the stage before is still the release, before each deployment; null when that was done before the first. */
export type Recheck = (() => Promise<Done<true>>) | null

/** Copies items from the stage before by the deployment pipeline, at most 300 a call; what arrived is added to `written`. */
export async function deployItems(
  run: Run,
  stages: Stages,
  items: readonly PlannedItem[],
  written: WrittenItems,
  recheck: Recheck,
): Promise<Failure[]> {
  const sorted = items.toSorted((a, b) => a.order - b.order)
  for (let from = 0, batch = 1; from < sorted.length; from += mostItemsInOneDeploy, batch += 1) {
    const some = sorted.slice(from, from + mostItemsInOneDeploy)
    const result = await step(`deploy batch ${batch}`, () => deployBatch(run, stages, some, batch, recheck))
    if (!result.ok) return [batch > 1 ? withBatchesBefore(result.failure) : result.failure]
  }
  if (sorted.length === 0) return []
  const arrived = await step('read the pairing', () => readArrived(run, stages, sorted))
  if (!arrived.ok) return [arrived.failure]
  for (const [sourceId, one] of arrived.value) written.set(sourceId, one)
  return []
}

/** What batches before have copied makes any other end but an unknown one partial. */
const withBatchesBefore = ({ phase, message }: Failure): Failure => ({
  phase: phase === 'unknown' ? phase : 'partial',
  message,
})

async function deployBatch(
  run: Run,
  stages: Stages,
  items: readonly PlannedItem[],
  batch: number,
  recheck: Recheck,
): Promise<Done<true>> {
  const note = noteOf(run, batch)
  const call = `deploy ${items.length} items from stage ${stages.sourceId} to ${stages.targetId}`
  await progress(run, 'deploy', '', 'running', `Batch ${batch}: ${items.length} items by the deployment pipeline`)
  const deployed = await deployOnce(run, stages, { items, note, key: `deploy:${batch}`, call, recheck })
  if (!deployed.ok) return deployed
  const deployment = deployed.value
  await tellItems(run, items, deployment)
  if (deployment.status === 'Succeeded') {
    await progress(run, 'deploy', '', 'done', `Batch ${batch} deployed`)
    return done(true)
  }
  const problems = (deployment.executionPlan?.steps ?? []).flatMap(one => (one.error ? [one.error.message] : []))
  const message = `The deployment pipeline stopped: ${problems.join('; ') || deployment.status}`
  await progress(run, 'deploy', '', 'failed', message)
  const hasArrived = (deployment.executionPlan?.steps ?? []).some(one => one.status === 'Succeeded')
  return fail(hasArrived ? 'partial' : 'errored', message)
}

const noteOf = (run: Run, batch: number) => `Gatehouse ${run.ticketNumber} promotion ${run.promotionId} batch ${batch}`

type Batch = {
  readonly items: readonly PlannedItem[]
  readonly note: string
  readonly key: string
  readonly call: string
  readonly recheck: Recheck
}

const mostSendings = 3

/** Starts a deployment exactly once: one that may have been started is looked for by its note, and adopted, before another is sent. */
async function deployOnce(run: Run, stages: Stages, batch: Batch): Promise<Done<DeploymentPipelineOperation>> {
  const { fabric } = run
  let intent = await intend(run, batch.key, batch.call)
  let id = intent.operationId ?? (intent.isNew ? null : await findStarted(run, stages, batch, intent))
  for (let sending = 1; id === null; sending += 1) {
    if (sending > mostSendings) throw unknownEnd(batch.call, 'the deployment was sent and never appeared')
    if (sending > 1) {
      await renew(run, intent)
      intent = await intend(run, batch.key, batch.call)
    }
    const source = batch.recheck === null ? done(true as const) : await batch.recheck()
    if (!source.ok) return source
    await requireOwn(run)
    id = await send(run, stages, batch, intent)
  }
  if (intent.operationId === null && intent.settled === null) await started(run, intent, id)
  const deployment = await waitForDeployment(fabric, stages.pipelineId, id)
  if (intent.settled === null) await settle(run, intent, { deploymentId: id, status: deployment.status })
  return done(deployment)
}

const busyCodes = ['DeploymentPipelineOperationInProgress', 'WorkspacePreviousOperationInProgress']

async function send(run: Run, stages: Stages, batch: Batch, intent: Intent): Promise<string | null> {
  const until = Date.now() + run.fabric.patience.operationMs
  for (;;) {
    try {
      const id = await startDeployment(run.fabric, stages.pipelineId, {
        sourceStageId: stages.sourceId,
        targetStageId: stages.targetId,
        items: batch.items.map(item => ({ sourceItemId: item.pipelineSourceId ?? '', itemType: item.type })),
        note: batch.note,
      })
      return id ?? (await findStarted(run, stages, batch, justNow(run, intent)))
    } catch (error) {
      if (!(error instanceof FabricError)) throw error
      if (error.kind === 'ambiguous') return findStarted(run, stages, batch, justNow(run, intent))
      if (!busyCodes.includes(error.errorCode) || Date.now() > until) throw error
      const found = await findByNote(run, stages, batch, intent)
      if (found !== null) return found
      await pause(run.fabric.patience.usualPollMs)
    }
  }
}

const findStarted = (run: Run, stages: Stages, batch: Batch, intent: Intent): Promise<string | null> =>
  lookUntilQuiet(run, intent, () => findByNote(run, stages, batch, intent))

/** Clocks of Fabric and ours differ; ten minutes are enough. */
const clockSkewMs = 10 * 60_000

async function findByNote(run: Run, stages: Stages, batch: Batch, intent: Intent): Promise<string | null> {
  const since = new Date(intent.intendedAt.getTime() - clockSkewMs)
  const operations = await listDeployments(run.fabric, stages.pipelineId, since)
  return operations.find(operation => operation.note?.content === batch.note)?.id ?? null
}

async function tellItems(run: Run, items: readonly PlannedItem[], deployment: DeploymentPipelineOperation) {
  const steps = deployment.executionPlan?.steps ?? []
  for (const item of items) {
    const label = itemLabel({ type: item.type, name: item.targetName })
    const one = steps.find(candidate => candidate.sourceAndTarget?.sourceItemId === item.pipelineSourceId)
    const isDone = one === undefined ? deployment.status === 'Succeeded' : one.status === 'Succeeded'
    await progress(
      run,
      'deploy',
      label,
      isDone ? 'done' : 'failed',
      one?.error?.message ?? (isDone ? 'Deployed' : 'Not deployed'),
    )
  }
}

async function readArrived(run: Run, stages: Stages, items: readonly PlannedItem[]) {
  const there = await listStageItems(run.fabric, stages.pipelineId, stages.targetId)
  const bySource = new Map(there.flatMap(item => (item.sourceItemId ? [[item.sourceItemId, item.itemId]] : [])))
  const entries = await Promise.all(
    items.map(async item => {
      const id = bySource.get(item.pipelineSourceId ?? '') ?? item.targetId
      if (id === null || item.sourceId === null) return null
      return [item.sourceId, { id, sqlEndpoint: await endpointOf(run, item.type, id) }] as const
    }),
  )
  const lost = items.filter((_, index) => entries[index] === null)
  if (lost.length > 0)
    return fail('errored', `The deployment pipeline did not pair ${lost.map(item => item.targetName).join(', ')}.`)
  return done(entries.filter(entry => entry !== null))
}

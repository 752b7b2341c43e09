import { FabricError } from '@/lib/fabric/errors'
import { listItems } from '@/lib/fabric/items'
import { jobTypeOf, listJobs, startJob, waitForJob } from '@/lib/fabric/jobs'
import { plainWords } from '@/lib/fabric/refusal'
import { fabricTime } from '@/lib/fabric/time'
import { type Intent, intend, renew, settle, started } from './intent'
import { lookUntilQuiet } from './look'
import { requireOwn } from './progress'
import type { Run } from './run'
import type { Check, Validating, Verdict } from './validate'

/** The items that the project has chosen, run as Fabric jobs. Only `Completed` passes. */
export const smokeTests = ({ run }: Validating): Check[] =>
  run.smokeTests.map(name => ({ kind: 'smoke-tests', subject: name, look: () => runTest(run, name) }))

async function runTest(run: Run, name: string): Promise<Verdict> {
  const { fabric, environment } = run
  try {
    const items = await listItems(fabric, environment.workspaceId)
    const item = items.find(one => one.displayName.toLowerCase() === name.toLowerCase() && jobTypeOf(one.type) !== null)
    if (item === undefined)
      return { passed: false, message: `${environment.workspaceName} holds no notebook or pipeline of that name` }
    const job = { workspaceId: environment.workspaceId, itemId: item.id, jobType: jobTypeOf(item.type) ?? '' }
    const jobInstanceId = await startOnce(run, name, job)
    const { status, failureReason } = await waitForJob(fabric, { ...job, jobInstanceId })
    if (status === 'Completed') return { passed: true, message: 'Completed' }
    return {
      passed: false,
      message: `${explained[status] ?? status}${failureReason?.message ? `: ${failureReason.message}` : ''}`,
    }
  } catch (error) {
    if (!(error instanceof FabricError)) throw error
    return { passed: false, message: plainWords(error) }
  }
}

const explained: Readonly<Record<string, string>> = {
  Deduped: 'Fabric did not run it, because the same job was running already (Deduped)',
}

type Job = { readonly workspaceId: string; readonly itemId: string; readonly jobType: string }

/** One job for each smoke test: one that was started before a restart is waited for, not started again. */
async function startOnce(run: Run, name: string, job: Job): Promise<string> {
  const key = `job:${name}`
  const call = `run ${job.jobType} ${job.itemId}`
  let intent = await intend(run, key, call)
  if (intent.operationId !== null) return intent.operationId
  const earlier = intent.isNew ? null : await lookUntilQuiet(run, intent, () => findJob(run, job, intent))
  if (!intent.isNew && earlier === null) {
    await renew(run, intent)
    intent = await intend(run, key, call)
  }
  await requireOwn(run)
  const id = earlier ?? (await startJob(run.fabric, job))
  await started(run, intent, id)
  await settle(run, intent, { jobInstanceId: id })
  return id
}

async function findJob({ fabric }: Run, job: Job, intent: Intent): Promise<string | null> {
  const jobs = await listJobs(fabric, job.workspaceId, job.itemId)
  const isLater = (time: string) => fabricTime(time).getTime() >= intent.intendedAt.getTime() - 1_000
  return jobs.find(one => one.startTimeUtc != null && isLater(one.startTimeUtc))?.id ?? null
}

import { z } from 'zod'
import { badRequest, notFound } from '../http/api-error'
import { type Call, ok, parameter, type Reply, readJson } from '../http/call'
import { type Route, route } from '../http/router'
import { newId } from '../store/ids'
import type { ItemRecord, JobRecord } from '../store/records'
import { partsOf } from './item-store'
import { page } from './paging'
import { findItem, requireCapacity, requireRole } from './permission'
import type { Context, Simulation } from './simulation'
import { zonelessTime } from './time'

const jobTypes: Readonly<Record<string, readonly string[]>> = {
  Notebook: ['RunNotebook'],
  DataPipeline: ['Pipeline'],
  SparkJobDefinition: ['sparkjob'],
  Lakehouse: ['TableMaintenance', 'RefreshMaterializedLakeViews'],
  Dataflow: ['Refresh', 'Execute', 'ApplyChanges', 'Publish'],
  CopyJob: ['Execute'],
}

function jobTypeOf(item: ItemRecord, asked: string): string {
  const known = jobTypes[item.type] ?? []
  const isGeneral = ['execute', 'defaultjob'].includes(asked.toLowerCase())
  const type = isGeneral ? known[0] : known.find(one => one.toLowerCase() === asked.toLowerCase())
  if (type === undefined) throw badRequest('InvalidJobType', `${item.type} has no job of type '${asked}'`)
  return type
}

const isOver = (job: JobRecord): boolean => job.cancelledAt !== null || job.endsAt <= Date.now()

export function statusOf(job: JobRecord): string {
  if (job.cancelledAt !== null) return 'Cancelled'
  if (job.endsAt <= Date.now()) return job.outcome
  return job.startsAt <= Date.now() ? 'InProgress' : 'NotStarted'
}

function view(job: JobRecord) {
  const status = statusOf(job)
  const failureReason = {
    requestId: job.id,
    errorCode: 'JobInstanceStatusFailed',
    message: job.failureMessage ?? 'Job instance failed without detail error',
    isRetriable: false,
  }
  return {
    id: job.id,
    itemId: job.itemId,
    jobType: job.jobType,
    invokeType: 'Manual',
    status,
    failureReason: status === 'Failed' ? failureReason : null,
    rootActivityId: job.rootActivityId,
    startTimeUtc: zonelessTime(job.startsAt),
    endTimeUtc: isOver(job) ? zonelessTime(job.cancelledAt ?? job.endsAt) : null,
  }
}

/** The outcome that the control API has laid ready, taking it. */
export function takeOutcome({ sim, effect }: Context, item: ItemRecord, otherwise: string): string {
  if (effect?.kind === 'job-ends') return effect.status
  const [next, ...rest] = item.nextJobOutcomes
  if (next === undefined) return otherwise
  sim.store.items.update(item.id, { nextJobOutcomes: rest })
  return next
}

function locate(context: Context, call: Call, minimum: 'Viewer' | 'Contributor'): ItemRecord {
  const workspace = requireRole(context, parameter(call, 'workspaceId'), minimum)
  return findItem(context.sim, workspace.id, parameter(call, 'itemId'))
}

const body = z.object({
  executionData: z.unknown().optional(),
  parameters: z.array(z.object({ name: z.string(), type: z.string().optional(), value: z.unknown() })).optional(),
})

function run(context: Context, call: Call): Reply {
  const { sim } = context
  const item = locate(context, call, 'Contributor')
  requireCapacity(sim, requireRole(context, item.workspaceId, 'Contributor'), item.type)
  const asked = call.parameters.jobType ?? call.url.searchParams.get('jobType')
  if (asked === null) throw badRequest('InvalidJobType', 'The job type is missing')
  const jobType = jobTypeOf(item, asked)
  readJson(call, body)
  const now = Date.now()
  const outcome = takeOutcome(context, item, 'Completed')
  const job = sim.store.jobs.put({
    id: newId(),
    itemId: item.id,
    workspaceId: item.workspaceId,
    jobType,
    createdAt: now,
    startsAt: now + Math.floor(sim.settings.jobMs / 3),
    endsAt: outcome === 'InProgress' ? Number.MAX_SAFE_INTEGER / 2 : now + sim.settings.jobMs,
    outcome,
    cancelledAt: null,
    rootActivityId: newId(),
    failureMessage: context.effect?.kind === 'job-ends' ? context.effect.message : null,
  })
  return accepted(sim, job)
}

// 202 with an empty body and no operation id, as recorded.
const accepted = (sim: Simulation, job: JobRecord): Reply => ({
  status: 202,
  headers: {
    Location: `${sim.baseUrl}/v1/workspaces/${job.workspaceId}/items/${job.itemId}/jobs/instances/${job.id}`,
    'Retry-After': String(sim.settings.retryAfterSeconds),
  },
})

function requireJob(sim: Simulation, item: ItemRecord, call: Call): JobRecord {
  const job = sim.store.jobs.get(parameter(call, 'jobId'))
  if (job?.itemId !== item.id) throw notFound('ItemJobInstanceNotFound', 'The requested job instance was not found')
  return job
}

const get = (context: Context, call: Call): Reply =>
  ok(view(requireJob(context.sim, locate(context, call, 'Viewer'), call)))

function list(context: Context, call: Call): Reply {
  const item = locate(context, call, 'Viewer')
  const own = context.sim.store.jobs.filter(job => job.itemId === item.id).reverse()
  return page(context, call, own.slice(0, 100).map(view))
}

function cancel(context: Context, call: Call): Reply {
  const job = requireJob(context.sim, locate(context, call, 'Contributor'), call)
  if (isOver(job)) throw badRequest('JobAlreadyCompleted', 'The job instance is over')
  return accepted(context.sim, context.sim.store.jobs.put({ ...job, cancelledAt: Date.now() }))
}

const schedulesSchema = z.object({
  schedules: z.array(
    z.object({ enabled: z.boolean(), jobType: z.string(), configuration: z.record(z.string(), z.unknown()) }),
  ),
})

/** Schedules live in the `.schedules` part. */
function schedules(context: Context, call: Call): Reply {
  const item = locate(context, call, 'Viewer')
  const jobType = jobTypeOf(item, parameter(call, 'jobType'))
  const part = partsOf(context.sim, item).get('.schedules')
  const all = part === undefined ? [] : schedulesSchema.parse(JSON.parse(part.toString('utf8'))).schedules
  const own = all.filter(schedule => jobTypeOf(item, schedule.jobType) === jobType)
  return page(
    context,
    call,
    own.map(({ enabled, configuration }, index) => ({
      id: item.id.slice(0, -2) + String(index).padStart(2, '0'),
      enabled,
      createdDateTime: zonelessTime(item.createdAt),
      configuration,
      owner: { id: item.ownerId, type: 'User' },
    })),
  )
}

const kinds = ['items', '{collection}']

export const jobRoutes: readonly Route<Context>[] = kinds.flatMap(kind => {
  const jobs = `/v1/workspaces/{workspaceId}/${kind}/{itemId}/jobs`
  return [
    route<Context>('POST', `${jobs}/instances`, run),
    route<Context>('POST', `${jobs}/{jobType}/instances`, run),
    route<Context>('GET', `${jobs}/instances`, list),
    route<Context>('GET', `${jobs}/{jobType}/instances`, list),
    route<Context>('GET', `${jobs}/instances/{jobId}`, get),
    route<Context>('GET', `${jobs}/{jobType}/instances/{jobId}`, get),
    route<Context>('POST', `${jobs}/instances/{jobId}/cancel`, cancel),
    route<Context>('GET', `${jobs}/{jobType}/schedules`, schedules),
  ]
})

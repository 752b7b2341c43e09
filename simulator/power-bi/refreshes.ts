import { z } from 'zod'
import { takeOutcome } from '../fabric/jobs'
import { findWorkspace, requireCapacity } from '../fabric/permission'
import type { Context } from '../fabric/simulation'
import { zonedTime } from '../fabric/time'
import { badRequest, notFound } from '../http/api-error'
import { type Call, ok, parameter, type Reply, readJson } from '../http/call'
import { type Route, route } from '../http/router'
import { newId } from '../store/ids'
import type { RefreshRecord } from '../store/records'
import { inBothForms, locate } from './locate'

const body = z.object({
  notifyOption: z.enum(['NoNotification', 'MailOnFailure', 'MailOnCompletion']).optional(),
  type: z.string().optional(),
  commitMode: z.string().optional(),
  maxParallelism: z.number().optional(),
  retryCount: z.number().optional(),
  objects: z.array(z.object({ table: z.string().optional(), partition: z.string().optional() })).optional(),
  applyRefreshPolicy: z.boolean().optional(),
  effectiveDate: z.string().optional(),
})

const isRunning = (refresh: RefreshRecord): boolean => refresh.cancelledAt === null && refresh.endsAt > Date.now()

const statusOf = (refresh: RefreshRecord): string => {
  if (refresh.cancelledAt !== null) return 'Cancelled'
  return refresh.endsAt > Date.now() ? 'InProgress' : refresh.outcome
}

function start(context: Context, call: Call): Reply {
  const { sim, caller } = context
  const model = locate(context, call, 'SemanticModel', 'Contributor')
  requireCapacity(sim, findWorkspace(sim, model.workspaceId), model.type)
  const input = readJson(call, body)
  const notifies = input.notifyOption !== undefined && input.notifyOption !== 'NoNotification'
  if (caller.type === 'ServicePrincipal' && notifies) {
    throw badRequest('InvalidRequest', 'A service principal has no mail: leave notifyOption out')
  }
  if (sim.store.refreshes.find(own => own.datasetId === model.id && isRunning(own)) !== undefined) {
    throw badRequest('RefreshInProgressException', 'Another refresh of the model is under way')
  }
  const outcome = takeOutcome(context, model, model.sourceBroken ? 'Failed' : 'Completed')
  const now = Date.now()
  const refresh = sim.store.refreshes.put({
    id: newId(),
    datasetId: model.id,
    enhanced: Object.keys(input).some(key => key !== 'notifyOption'),
    type: input.type ?? 'Full',
    startedAt: now,
    endsAt: outcome === 'InProgress' ? Number.MAX_SAFE_INTEGER / 2 : now + sim.settings.refreshMs,
    outcome,
    cancelledAt: null,
  })
  return {
    status: 202,
    headers: { 'x-ms-request-id': refresh.id, Location: `${sim.baseUrl}${call.url.pathname}/${refresh.id}` },
  }
}

const failure = JSON.stringify({
  errorCode: 'ModelRefreshFailed_CredentialsNotSpecified',
  errorDescription: 'The data source cannot be reached',
})

function list(context: Context, call: Call): Reply {
  const model = locate(context, call, 'SemanticModel', 'Viewer')
  const own = context.sim.store.refreshes.filter(refresh => refresh.datasetId === model.id).reverse()
  const top = Number(call.url.searchParams.get('$top') ?? own.length)
  const value = own.slice(0, top).map(refresh => ({
    requestId: refresh.id,
    refreshType: refresh.enhanced ? 'ViaEnhancedApi' : 'ViaApi',
    startTime: zonedTime(refresh.startedAt),
    ...(!isRunning(refresh) && { endTime: zonedTime(refresh.cancelledAt ?? refresh.endsAt) }),
    status: isRunning(refresh) ? 'Unknown' : statusOf(refresh),
    ...(statusOf(refresh) === 'Failed' && { serviceExceptionJson: failure }),
  }))
  return ok({ value })
}

function requireRefresh(context: Context, call: Call, minimum: 'Viewer' | 'Contributor'): RefreshRecord {
  const model = locate(context, call, 'SemanticModel', minimum)
  const refresh = context.sim.store.refreshes.get(parameter(call, 'refreshId'))
  if (refresh?.datasetId !== model.id) throw notFound('RefreshNotFound', 'The refresh was not found')
  return refresh
}

function get(context: Context, call: Call): Reply {
  const refresh = requireRefresh(context, call, 'Viewer')
  const status = statusOf(refresh)
  const shortStatus = status === 'InProgress' ? 'Unknown' : status === 'Completed' ? 'Completed' : 'Failed'
  return {
    status: isRunning(refresh) ? 202 : 200,
    body: {
      startTime: zonedTime(refresh.startedAt),
      ...(!isRunning(refresh) && { endTime: zonedTime(refresh.cancelledAt ?? refresh.endsAt) }),
      type: refresh.type,
      commitMode: 'Transactional',
      status: shortStatus,
      extendedStatus: status,
      currentRefreshType: refresh.type,
      numberOfAttempts: 1,
      messages: status === 'Failed' ? [{ message: 'The data source cannot be reached', type: 'Error' }] : [],
    },
  }
}

function cancel(context: Context, call: Call): Reply {
  const refresh = requireRefresh(context, call, 'Contributor')
  if (!isRunning(refresh)) throw badRequest('RefreshNotInProgress', 'The refresh is over')
  context.sim.store.refreshes.put({ ...refresh, cancelledAt: Date.now() })
  return ok()
}

export const refreshRoutes: readonly Route<Context>[] = inBothForms('/datasets/{datasetId}/refreshes').flatMap(path => [
  route<Context>('POST', path, start),
  route<Context>('GET', path, list),
  route<Context>('GET', `${path}/{refreshId}`, get),
  route<Context>('DELETE', `${path}/{refreshId}`, cancel),
])

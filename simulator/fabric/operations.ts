import { ApiError, badRequest, notFound } from '../http/api-error'
import { type Call, ok, parameter, type Reply } from '../http/call'
import { type Route, route } from '../http/router'
import { newId } from '../store/ids'
import type { ErrorBody, OperationFault, OperationRecord } from '../store/records'
import type { Context, Simulation } from './simulation'
import { findTask } from './tasks'
import { zonelessTime } from './time'

export type Start = {
  readonly task: { readonly name: string }
  readonly payload: unknown
  readonly workspaceId: string | null
  /** Status of an answer at once; absent when Fabric never answers at once. */
  readonly statusAtOnce?: 200 | 201
  readonly headers?: Readonly<Record<string, string>>
}

const spread = new WeakMap<Simulation, number>()

// 0.5 gives every second call, not each with a chance: tests stay repeatable.
function isAsyncTurn(sim: Simulation): boolean {
  const sum = (spread.get(sim) ?? 0) + sim.settings.asyncRate
  spread.set(sim, sum >= 1 ? sum - 1 : sum)
  return sum >= 1
}

/** Does the work at once (200/201) or promises it (202). */
export async function start(
  context: Context,
  { task, payload, workspaceId, statusAtOnce, headers }: Start,
): Promise<Reply> {
  const { sim, caller } = context
  const fault = operationFault(context)
  const isAtOnce = sim.settings.asyncRate === 0 || (statusAtOnce !== undefined && !isAsyncTurn(sim))
  if (isAtOnce && fault === null) {
    const work = findTask(task.name)
    const body = work.present(sim, await work.run(sim, payload, null))
    return { status: statusAtOnce ?? 200, body, ...(headers && { headers }) }
  }
  const now = Date.now()
  const operation = sim.store.operations.put({
    id: newId(),
    task: task.name,
    payload,
    callerId: caller.id,
    workspaceId,
    status: 'Running',
    createdAt: now,
    updatedAt: now,
    endsAt: now + sim.settings.operationMs,
    hasResult: false,
    result: null,
    error: null,
    fault,
  })
  schedule(sim, operation)
  return {
    status: 202,
    headers: { ...headers, ...operationHeaders(context, operation, false) },
    body: null,
  }
}

function operationFault({ effect }: Context): OperationFault | null {
  if (effect?.kind === 'operation-fails' || effect?.kind === 'operation-hangs' || effect?.kind === 'deploy-stops') {
    return effect
  }
  return null
}

/** Goes on with what was under way when the simulator stopped. */
export function resumeOperations(sim: Simulation): void {
  for (const operation of sim.store.operations.filter(isUnderWay)) schedule(sim, operation)
}

export const isUnderWay = (operation: OperationRecord): boolean =>
  operation.status === 'Running' || operation.status === 'NotStarted'

function schedule(sim: Simulation, operation: OperationRecord): void {
  const wait = findTask(operation.task).isPaced ? 0 : Math.max(0, operation.endsAt - Date.now())
  sim.timers.after(wait, () => void finish(sim, operation))
}

async function finish(sim: Simulation, operation: OperationRecord): Promise<void> {
  const { fault } = operation
  if (fault?.kind === 'operation-hangs') return
  try {
    const acts = fault?.kind !== 'operation-fails' || fault.acts
    const result = acts ? await findTask(operation.task).run(sim, operation.payload, operation) : undefined
    if (fault?.kind === 'operation-fails') throw new ApiError(500, fault.errorCode, fault.message)
    end(sim, operation, { status: 'Succeeded', hasResult: result !== undefined, result: result ?? null })
  } catch (error) {
    end(sim, operation, { status: 'Failed', error: errorBody(error) })
  }
}

function end(sim: Simulation, operation: OperationRecord, change: Partial<OperationRecord>): void {
  if (sim.store.operations.get(operation.id) === undefined) return
  sim.store.operations.update(operation.id, { ...change, updatedAt: Date.now() })
}

export function errorBody(error: unknown): ErrorBody {
  if (!(error instanceof ApiError)) {
    console.error(error)
    return { errorCode: 'InternalServerError', message: 'The simulator failed; its own log says where' }
  }
  const { errorCode, message, options } = error
  return {
    errorCode,
    message,
    ...(options.isRetriable !== undefined && { isRetriable: options.isRetriable }),
    ...(options.moreDetails !== undefined && { moreDetails: options.moreDetails }),
  }
}

function operationHeaders(
  { sim, effect }: Context,
  operation: OperationRecord,
  isDone: boolean,
): Record<string, string> {
  const host = sim.settings.foreignLocationHost ?? sim.baseUrl
  const address = `${host}/v1/operations/${operation.id}`
  const hasLocation = effect?.kind !== 'no-location' && (!isDone || operation.hasResult)
  return {
    'x-ms-operation-id': operation.id,
    ...(hasLocation && { Location: isDone ? `${address}/result` : address }),
    ...(!isDone && { 'Retry-After': String(sim.settings.retryAfterSeconds) }),
  }
}

function requireOperation({ sim, caller }: Context, call: Call): OperationRecord {
  const operation = sim.store.operations.get(parameter(call, 'operationId'))
  if (operation === undefined || (operation.callerId !== caller.id && !caller.isTenantAdmin)) {
    throw notFound('OperationNotFound', 'The requested operation was not found')
  }
  return operation
}

function getOperation(context: Context, call: Call): Reply {
  const operation = requireOperation(context, call)
  const isDone = operation.status === 'Succeeded'
  return {
    status: 200,
    headers:
      operation.status === 'Failed'
        ? { 'x-ms-operation-id': operation.id }
        : operationHeaders(context, operation, isDone),
    body: {
      status: operation.status,
      createdTimeUtc: zonelessTime(operation.createdAt),
      lastUpdatedTimeUtc: zonelessTime(operation.updatedAt),
      percentComplete: isDone ? 100 : null,
      error: operation.error === null ? null : { requestId: newId(), ...operation.error },
    },
  }
}

function getResult(context: Context, call: Call): Reply {
  const operation = requireOperation(context, call)
  if (operation.status === 'Failed') throw badRequest('OperationFailed', 'The operation failed and has no result')
  if (operation.status !== 'Succeeded') throw badRequest('OperationNotCompleted', 'The operation is still under way')
  if (!operation.hasResult) throw badRequest('OperationHasNoResult', 'The operation has no result')
  return ok(findTask(operation.task).present(context.sim, operation.result))
}

export const operationRoutes: readonly Route<Context>[] = [
  route('GET', '/v1/operations/{operationId}', getOperation),
  route('GET', '/v1/operations/{operationId}/result', getResult),
]

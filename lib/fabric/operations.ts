import type { z } from 'zod'
import { FabricError, hasErrorCode } from './errors'
import type { Fabric } from './fabric'
import { type Answer, at, type Request } from './http'
import { parseBody } from './parse'
import { operationStateSchema } from './schemas'
import { pause } from './time'

export type Started = { readonly operationId: string; readonly headers: Answer['headers'] }

type Options = {
  readonly deadlineMs?: number
  /** Called as soon as Fabric has given the operation an id, to store it. */
  readonly onStarted?: (started: Started) => Promise<void>
}

/**
 * Sends a call that Fabric may answer at once or by a long-running operation, and waits for its end.
 * The result is null when there is none, as after most updates. Without an answer in time it throws an ambiguous error.
 */
export async function runOperation<T>(
  fabric: Fabric,
  request: Request,
  schema: z.ZodType<T> | null,
  options: Options = {},
): Promise<T | null> {
  const answer = await fabric.send(request)
  const call = `${request.method} ${request.path}`
  if (answer.status !== 202)
    return schema === null || answer.body === null ? null : parseBody(schema, answer.body, request)
  const operationId = operationIdOf(answer)
  if (operationId === null) return null
  await options.onStarted?.({ operationId, headers: answer.headers })
  await pause(pollMs(fabric, answer))
  return waitForOperation(fabric, operationId, schema, { call, deadlineMs: options.deadlineMs })
}

/** Waits for an operation that has been started earlier, perhaps by a process that is gone. */
export async function waitForOperation<T>(
  fabric: Fabric,
  operationId: string,
  schema: z.ZodType<T> | null,
  { call, deadlineMs = fabric.patience.operationMs }: { call: string; deadlineMs?: number | undefined },
): Promise<T | null> {
  const until = Date.now() + deadlineMs
  for (;;) {
    const answer = await lookAt(fabric, operationId, call)
    const state = operationStateSchema.safeParse(answer.body)
    if (state.data?.status === 'Succeeded') return schema === null ? null : resultOf(fabric, operationId, schema)
    if (state.data?.status === 'Failed') throw operationFailed(call, state.data)
    const waitMs = pollMs(fabric, answer)
    if (Date.now() + waitMs > until) throw unknownEnd(call, `operation ${operationId} had not ended in time`)
    await pause(waitMs)
  }
}

async function lookAt(fabric: Fabric, operationId: string, call: string): Promise<Answer> {
  try {
    return await fabric.send({ method: 'GET', path: at`/operations/${operationId}` })
  } catch (error) {
    if (error instanceof FabricError && error.status === 404)
      throw unknownEnd(call, `Fabric no longer knows operation ${operationId}`)
    throw error
  }
}

async function resultOf<T>(fabric: Fabric, operationId: string, schema: z.ZodType<T>): Promise<T | null> {
  const request: Request = { method: 'GET', path: at`/operations/${operationId}/result` }
  try {
    const { body } = await fabric.send(request)
    return body === null ? null : parseBody(schema, body, request)
  } catch (error) {
    if (hasErrorCode(error, 'OperationHasNoResult')) return null
    throw error
  }
}

const guid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/i

/** Only the id is taken from a `Location`: its host may be any, and never gets the token. */
function operationIdOf({ headers }: Answer): string | null {
  const named = headers['x-ms-operation-id']
  if (named) return named
  const location = /\/operations\/([^/?]+)/i.exec(headers.location ?? '')?.[1]
  return location !== undefined && guid.test(location) ? location : null
}

/** How long to wait before the next look, as the service asks. */
export function pollMs(fabric: Fabric, answer: Answer): number {
  const seconds = Number(answer.headers['retry-after'] ?? Number.NaN)
  const asked = Number.isFinite(seconds) ? seconds * 1000 : fabric.patience.usualPollMs
  return Math.max(fabric.patience.shortestPollMs, asked)
}

function operationFailed(call: string, state: z.infer<typeof operationStateSchema>): FabricError {
  const error = state.error
  return new FabricError({
    errorCode: error?.errorCode ?? 'OperationFailed',
    message: error?.message ?? 'Fabric gave no reason',
    status: 200,
    kind: error?.isRetriable ? 'retryable' : 'terminal',
    isRetriable: error?.isRetriable ?? false,
    moreDetails: error?.moreDetails ?? [],
    call,
  })
}

/** What was asked for may have happened, and nobody can tell. */
export const unknownEnd = (call: string, message: string): FabricError =>
  new FabricError({ errorCode: 'UnknownEnd', message, status: 0, kind: 'ambiguous', call })

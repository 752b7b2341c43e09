import { DBOS } from '@dbos-inc/dbos-sdk'
import { FabricError } from '@/lib/fabric/errors'
import { plainWords } from '@/lib/fabric/refusal'
import { pause } from '@/lib/fabric/time'
import { log } from '../log'

/** Failed: a check or the business said no. Errored: a machine broke. Unknown: nobody can tell what Fabric did. */
export type Failure = {
  readonly phase: 'failed' | 'errored' | 'partial' | 'unknown' | 'cancelled'
  readonly message: string
}
export type Done<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure }

export const done = <T>(value: T): Done<T> => ({ ok: true, value })
export const fail = (phase: Failure['phase'], message: string): { readonly ok: false; readonly failure: Failure } => ({
  ok: false,
  failure: { phase, message },
})

/** Thrown by a write of a process that has lost its promotion to another. */
export class Superseded extends Error {
  constructor(promotionId: string) {
    super(`promotion ${promotionId} was taken over by another worker`)
  }
}

/**
 * One checkpointed step. Whatever it does may have been done before, by a process that died right after: it looks before it acts.
 * What Fabric refuses becomes the step's result; while the database is away the step is tried again.
 */
export function step<T>(name: string, work: () => Promise<Done<T>>): Promise<Done<T>> {
  if (worker.isStopping) return new Promise(() => {})
  return DBOS.runStep(() => guarded(work), {
    name,
    retriesAllowed: true,
    maxAttempts: 25,
    intervalSeconds: 0.5,
    backoffRate: 1.2,
    shouldRetry: isDatabaseAway,
  })
}

const worker = { isStopping: false, stepsUnderWay: 0 }

/** Lets steps begin: a worker has started. */
export function openSteps(): void {
  worker.isStopping = false
}

/** No step begins any more; those under way may end within the time given. What is left goes on at the next start. */
export async function drainSteps(withinMs: number): Promise<void> {
  worker.isStopping = true
  const until = Date.now() + withinMs
  while (worker.stepsUnderWay > 0 && Date.now() < until) await pause(50)
}

async function guarded<T>(work: () => Promise<Done<T>>): Promise<Done<T>> {
  worker.stepsUnderWay += 1
  try {
    return await work()
  } catch (error) {
    if (error instanceof FabricError) return fabricFailure(error)
    if (error instanceof Superseded) await standStill(error)
    throw error
  } finally {
    worker.stepsUnderWay -= 1
  }
}

/** A result of this step would become that of the process which now has the promotion: so there is none. */
export async function standStill(superseded: Superseded): Promise<never> {
  log().warn(superseded.message)
  return new Promise<never>(() => {})
}

export function fabricFailure(error: FabricError) {
  log().warn({ call: error.call, status: error.status, requestId: error.requestId }, error.explanation)
  return fail(error.kind === 'ambiguous' ? 'unknown' : 'errored', plainWords(error))
}

const awayCodes = ['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'ECONNREFUSED', 'ECONNRESET', '57P01', '57P03', '08006']

function isDatabaseAway(error: unknown): boolean {
  if (error instanceof FabricError) return false
  const { code, message = '' } = error as { code?: string; message?: string }
  return (
    awayCodes.includes(code ?? '') ||
    /ECONNREFUSED|Connection terminated|terminating connection|Can't reach database|starting up|timeout exceeded when trying to connect/i.test(
      message,
    )
  )
}

import { hostname } from 'node:os'
import { newId } from '@/lib/kernel/ids'
import { databaseTime } from './progress'
import type { Run } from './run'
import { Superseded } from './step'

/** What the run is about to do on Fabric, committed before the call. Settled: it is known how that ended. */
export type Intent = {
  readonly id: string
  readonly key: string
  readonly call: string
  /** False when an earlier execution, perhaps of a process that is gone, has meant the same: it may have been done. */
  readonly isNew: boolean
  readonly intendedAt: Date
  readonly operationId: string | null
  readonly settled: unknown
  /** No call of the sender can still be under way after this. */
  readonly quietAt: number
}

const sender = () => ({ host: hostname(), pid: process.pid })

/** Commits the intent, or gives the one that is there. */
export async function intend(run: Run, key: string, call: string): Promise<Intent> {
  const inserted = await run.db.$executeRaw`
    INSERT INTO fabric_intent (id, promotion_id, key, call, intended_at, result)
    SELECT ${newId()}::uuid, id, ${key}, ${call}, clock_timestamp(), ${JSON.stringify({ sender: sender() })}::jsonb
    FROM promotion WHERE id = ${run.promotionId}::uuid AND epoch = ${run.epoch}
    ON CONFLICT (promotion_id, key) DO NOTHING`
  const row = await run.db.fabricIntent.findUnique({
    where: { promotionId_key: { promotionId: run.promotionId, key } },
  })
  if (row === null) throw new Superseded(run.promotionId)
  const elapsedMs = (await databaseTime(run)).getTime() - row.intendedAt.getTime()
  return {
    id: row.id,
    key,
    call: row.call,
    isNew: inserted === 1,
    intendedAt: row.intendedAt,
    operationId: row.operationId,
    settled: row.settledAt === null ? null : row.result,
    quietAt: Date.now() - elapsedMs + quietAfterMs(run, row.result),
  }
}

/** Before a call is sent again, after it was looked for in vain. */
export async function renew(run: Run, intent: Intent): Promise<void> {
  await change(run, intent, { intendedAt: await databaseTime(run), result: { sender: sender() }, operationId: null })
}

/** Fabric has taken the call: what it calls the operation. */
export const started = (run: Run, intent: Intent, operationId: string): Promise<void> =>
  change(run, intent, { operationId })

export const settle = async (run: Run, intent: Pick<Intent, 'id'>, result: object): Promise<void> =>
  change(run, intent, { result, settledAt: await databaseTime(run) })

async function change(
  run: Run,
  intent: Pick<Intent, 'id'>,
  data: { operationId?: string | null; result?: object; settledAt?: Date; intendedAt?: Date },
): Promise<void> {
  const where = { id: intent.id, settledAt: null, promotion: { epoch: run.epoch } }
  const { count } = await run.db.fabricIntent.updateMany({ where, data })
  if (count === 0) throw new Superseded(run.promotionId)
}

/** A dead sender's call has left or never will; of a living one it may still be on its way. Then Fabric's lists may lag. */
function quietAfterMs({ fabric }: Run, result: unknown): number {
  const from = (result as { sender?: { host: string; pid: number } } | null)?.sender
  const isGone = from?.host === hostname() && (from.pid === process.pid || !isAlive(from.pid))
  return fabric.patience.listLagMs + (isGone ? 0 : fabric.writeMs)
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as { code?: string }).code === 'EPERM'
  }
}

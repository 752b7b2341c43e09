import { clock } from '@/lib/db/transaction'
import type { Run } from './run'
import { Superseded } from './step'

export type RunStep = 'gate' | 'read' | 'backup' | 'deploy' | 'write' | 'finish' | 'verify' | 'validate' | 'end'
export type Status = 'running' | 'done' | 'failed' | 'skipped'

/** Appends a line to what people see of the run. `item` is empty for the step as a whole. */
export async function progress(run: Run, step: RunStep, item: string, status: Status, message = ''): Promise<void> {
  const written = await run.db.$executeRaw`
    INSERT INTO promotion_progress (promotion_id, step, item, status, message, at)
    SELECT id, ${step}, ${item}, ${status}, ${message}, clock_timestamp() FROM promotion
    WHERE id = ${run.promotionId}::uuid AND epoch = ${run.epoch}`
  if (written === 0) throw new Superseded(run.promotionId)
}

/** Throws when another process has taken the promotion over. Asked before each write to Fabric. */
export async function requireOwn(run: Run): Promise<void> {
  const { epoch } = await run.db.promotion.findUniqueOrThrow({
    where: { id: run.promotionId },
    select: { epoch: true },
  })
  if (epoch !== run.epoch) throw new Superseded(run.promotionId)
}

export const databaseTime = (run: Run): Promise<Date> => clock(run.db)

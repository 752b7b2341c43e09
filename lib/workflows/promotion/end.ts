import { record } from '@/lib/audit/record'
import type { Tx } from '@/lib/db/client'
import { lockHops } from '@/lib/db/lock-hops'
import { withTransaction } from '@/lib/db/transaction'
import { portal } from '@/lib/kernel/context'
import { ok, type Result } from '@/lib/kernel/result'
import { onPromotionEnded } from '@/lib/promotion/commands/on-promotion-ended'
import { enqueue } from '@/lib/queue/enqueue'
import { progress } from './progress'
import type { Run } from './run'
import { type Done, done, Superseded } from './step'

export type Ending = {
  readonly phase: 'succeeded' | 'failed' | 'errored' | 'partial' | 'unknown' | 'cancelled'
  readonly message: string
}

/** Ends the promotion, once, with everything that follows from it in the same transaction. */
export async function end(run: Run, { phase, message }: Ending): Promise<Done<true>> {
  const { promotionId, epoch, projectId, ticketId, release, environment } = run
  await progress(run, 'end', '', phase === 'succeeded' ? 'done' : 'failed', message)
  await withTransaction(run.db, async (tx, now) => {
    await lockHops(tx, projectId)
    const endedAt = phase === 'unknown' ? null : now
    const ended = await tx.promotion.updateMany({
      where: { id: promotionId, epoch, phase: { in: ['queued', 'running', 'validating'] } },
      data: { phase, message, endedAt },
    })
    if (ended.count === 0) return requireEnded(tx, run, phase)
    if (phase === 'succeeded') {
      const data = { deployedReleaseId: release.id, deployedAt: now }
      await tx.environment.update({ where: { id: environment.id }, data })
    }
    const details = { promotionId, outcome: phase, release: release.number, into: environment.workspaceName, message }
    await record(tx, portal, { action: 'promotion.ended', projectId, ticketId, details })
    await onPromotionEnded(tx, now, promotionId)
    if (phase !== 'succeeded' && phase !== 'unknown')
      await enqueue(tx, 'make-plan', { ticketId }, { id: `plan-after-${promotionId}` })
    return ok(true as const)
  })
  return done(true)
}

/** The end may have been written by this very step, whose answer from the database got lost. */
async function requireEnded(tx: Tx, run: Run, phase: Ending['phase']): Promise<Result<true>> {
  const row = await tx.promotion.findUniqueOrThrow({ where: { id: run.promotionId } })
  if (row.epoch !== run.epoch || row.phase !== phase) throw new Superseded(run.promotionId)
  return ok(true as const)
}

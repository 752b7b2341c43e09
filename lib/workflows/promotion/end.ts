import { record } from '@/lib/audit/record'
import { lockHops } from '@/lib/db/lock-hops'
import { withTransaction } from '@/lib/db/transaction'
import { portal } from '@/lib/kernel/context'
import { ok } from '@/lib/kernel/result'
import { onPromotionEnded } from '@/lib/promotion/commands/on-promotion-ended'
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
    if (ended.count === 0) throw new Superseded(promotionId)
    if (phase === 'succeeded') {
      const data = { deployedReleaseId: release.id, deployedAt: now }
      await tx.environment.update({ where: { id: environment.id }, data })
    }
    const details = { promotionId, outcome: phase, release: release.number, into: environment.workspaceName, message }
    await record(tx, portal, { action: 'promotion.ended', projectId, ticketId, details })
    await onPromotionEnded(tx, now, promotionId)
    return ok(true)
  })
  return done(true)
}

import { record } from '@/lib/audit/record'
import { withTransaction } from '@/lib/db/transaction'
import { portal } from '@/lib/kernel/context'
import { ok } from '@/lib/kernel/result'
import { recheckGate } from '@/lib/promotion/commands/recheck-gate'
import { progress } from './progress'
import type { Run } from './run'
import { type Done, done, fail } from './step'

/** The whole gate again, now that the run's turn has come (DESIGN 3.7). Shut: cancelled, and nothing was written to Fabric. */
export async function begin(run: Run): Promise<Done<true>> {
  const { db, promotionId, epoch, projectId, ticketId, environment, release, strategy, startedBy } = run
  const { phase } = await db.promotion.findUniqueOrThrow({ where: { id: promotionId } })
  if (phase !== 'queued') return done(true)
  await progress(run, 'gate', '', 'running', 'Looking at the gate again')
  const gate = await recheckGate(db, promotionId)
  if (!gate.ok) {
    await progress(run, 'gate', '', 'failed', gate.refusal.message)
    return fail('cancelled', gate.refusal.message)
  }
  await withTransaction(db, async (tx, now) => {
    const where = { id: promotionId, epoch, phase: 'queued' }
    const { count } = await tx.promotion.updateMany({ where, data: { phase: 'running', startedAt: now } })
    const details = { promotionId, release: release.number, into: environment.workspaceName, strategy, startedBy }
    if (count === 1) await record(tx, portal, { action: 'promotion.started', projectId, ticketId, details })
    return ok(true)
  })
  await progress(run, 'gate', '', 'done', 'The gate is open')
  return done(true)
}

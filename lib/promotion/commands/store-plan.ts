import { record } from '@/lib/audit/record'
import type { Db } from '@/lib/db/client'
import { lockHops } from '@/lib/db/lock-hops'
import { withTransaction } from '@/lib/db/transaction'
import type { Hop } from '@/lib/environment/hop'
import { voidChanged } from '@/lib/gate/commands/void-changed'
import { portal } from '@/lib/kernel/context'
import { newId } from '@/lib/kernel/ids'
import { ok, type Result } from '@/lib/kernel/result'
import { enqueue } from '@/lib/queue/enqueue'
import { type Plan, planDigest } from '../plan'

/**
 * Stores a plan that the portal has made for a ticket, unless it says what the newest one says. A new plan ends the decisions that
 * covered what it changes, and lets Dev→Test promote by itself when its gate is open.
 */
export async function storePlan(db: Db, ticketId: string, plan: Plan): Promise<Result<{ isNew: boolean }>> {
  const digest = planDigest(plan)
  return withTransaction<{ isNew: boolean }>(db, async (tx, now) => {
    const { projectId, hop, status } = await tx.ticket.findUniqueOrThrow({
      where: { id: ticketId },
      include: { hop: true },
    })
    await lockHops(tx, projectId, hop.hop)
    const newest = await tx.plan.findFirst({ where: { ticketId }, orderBy: { madeAt: 'desc' } })
    if (newest?.digest === digest || status !== 'open') return ok({ isNew: false })
    const id = newId(now)
    const content = JSON.parse(JSON.stringify(plan))
    await tx.plan.create({ data: { id, ticketId, digest, ruleSetDigest: plan.ruleSetDigest, content, madeAt: now } })
    const details = {
      plan: digest,
      into: plan.targetWorkspaceName,
      counts: plan.counts,
      blockers: plan.blockers.length,
    }
    await record(tx, portal, { action: 'plan.made', projectId, ticketId, details })
    await voidChanged(tx, now, portal, { id: ticketId, projectId })
    if ((hop.hop as Hop) === 'dev-test')
      await enqueue(tx, 'promote-when-open', { ticketId }, { id: `promote-${ticketId}-${id}` })
    return ok({ isNew: true })
  })
}

import { record } from '@/lib/audit/record'
import type { Tx } from '@/lib/db/client'
import { lockHops } from '@/lib/db/lock-hops'
import { type Hop, hopEnds, hops } from '@/lib/environment/hop'
import { portal } from '@/lib/kernel/context'
import { enqueue } from '@/lib/queue/enqueue'
import { closeNow } from '@/lib/ticket/commands/close-ticket'
import { openTicket } from '@/lib/ticket/commands/open-ticket'
import { tickTasks } from '@/lib/ticket/commands/tick-tasks'
import type { Proof, TaskId } from '@/lib/ticket/tasks'
import { decide, type Outcome, rowOf, ticketFrom } from '@/lib/ticket/ticket'

/**
 * What follows the end of a promotion, in the transaction of that end: the ticket moves, its tasks are ticked with their proof, people
 * are told, and after a success the ticket of the next hop is opened. Dev→Test closes by itself (policy 1.2: auto on commit).
 */
export async function onPromotionEnded(tx: Tx, now: Date, promotionId: string): Promise<void> {
  const promotion = await tx.promotion.findUniqueOrThrow({
    where: { id: promotionId },
    include: { ticket: { include: { hop: true } }, validations: true, environment: true },
  })
  if (promotion.phase === 'unknown') return
  const { ticket } = promotion
  const outcome = promotion.phase as Outcome
  const moved = decide(ticketFrom({ ...ticket, running: true }), { kind: 'end', outcome })
  if (!moved.ok) return
  const row = rowOf(moved.value)
  await tx.ticket.update({ where: { id: ticket.id }, data: { ...row, version: { increment: 1 } } })
  await tickTasks(tx, ticket.id, now, portal.name, tasksDone(promotion.phase, promotion.validations))
  const told = { ticketId: ticket.id, event: `stage-ended:${promotionId}` } as const
  await enqueue(tx, 'notify', told, { id: `notify-${promotionId}-ended` })
  if (outcome !== 'succeeded') return
  const hop = ticket.hop.hop as Hop
  if (hop === 'dev-test') await closeNow(tx, now, portal, ticket)
  await openNext(tx, now, hop, ticket)
}

async function openNext(
  tx: Tx,
  now: Date,
  hop: Hop,
  ticket: { projectId: string; releaseId: string; id: string },
): Promise<void> {
  const next = hops[hops.indexOf(hop) + 1]
  if (!next) return
  const linked = await tx.environment.count({ where: { projectId: ticket.projectId, tier: hopEnds[next].target } })
  if (linked === 0) return
  await lockHops(tx, ticket.projectId, next)
  const opened = await openTicket(tx, now, portal, { releaseId: ticket.releaseId, hop: next })
  if (!opened.ok) {
    const details = { because: opened.refusal.message }
    await record(tx, portal, { action: 'ticket.changed', projectId: ticket.projectId, ticketId: ticket.id, details })
  }
}

type ValidationRow = { readonly kind: string; readonly status: string }

function tasksDone(phase: string, validations: readonly ValidationRow[]): Partial<Record<TaskId, Proof>> {
  const kinds = ['smoke-tests', 'data-connectivity', 'report-rendering'] as const
  const proofs = kinds.flatMap(kind => {
    const rows = validations.filter(row => row.kind === kind)
    if (rows.length === 0 || rows.some(row => row.status === 'failed')) return []
    const ran = rows.filter(row => row.status === 'passed').length
    const sentence = ran === 0 ? 'Not applicable' : `${ran} of ${rows.length} passed`
    return [[kind, { sentence, href: '#validation' }] as const]
  })
  const monitored: Proof = { sentence: `The run ended: ${phase}`, href: '#run' }
  const synced =
    validations.length > 0 ? { 'verify-item-sync': { sentence: 'The target is what the plan said', href: '#run' } } : {}
  return { 'monitor-progress': monitored, ...synced, ...Object.fromEntries(proofs) }
}

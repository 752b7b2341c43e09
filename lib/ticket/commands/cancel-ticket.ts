import { z } from 'zod'
import { authorise } from '@/lib/access/authorise'
import type { Ability } from '@/lib/access/roles'
import { command } from '@/lib/audit/command'
import { record } from '@/lib/audit/record'
import type { Context } from '@/lib/db/context'
import { lockHops } from '@/lib/db/lock-hops'
import type { Hop } from '@/lib/environment/hop'
import { isBlank, statement } from '@/lib/gate/statement'
import { ok, type Result, refuse } from '@/lib/kernel/result'
import { ticketNumber } from '@/lib/kernel/ticket-number'
import { enqueue } from '@/lib/queue/enqueue'
import { decide, rowOf, ticketFrom } from '../ticket'

export const CancelTicket = z.strictObject({ ticketId: z.guid(), reason: statement })

/** Ends a ticket that will not be deployed; its decisions and records stay readable. */
export async function cancelTicket(
  ctx: Context,
  input: z.infer<typeof CancelTicket>,
): Promise<Result<{ ticketId: string }>> {
  const found = await ctx.db.ticket.findUnique({ where: { id: input.ticketId }, include: { hop: true } })
  if (!found) return refuse('not-found', 'There is no such ticket.')
  const hop = found.hop.hop as Hop
  const about = { name: 'cancel a ticket', projectId: found.projectId, ticketId: found.id }
  return command(ctx, about, async (tx, now) => {
    const may = await authorise(
      tx,
      ctx.actor,
      found.projectId,
      `promote-${hop}` satisfies Ability,
      'cancel this ticket',
    )
    if (!may.ok) return may
    if (isBlank(input.reason)) return refuse('invalid', 'Say why the ticket is cancelled.', { field: 'reason' })
    await lockHops(tx, found.projectId, hop)
    const ticket = await tx.ticket.findUniqueOrThrow({ where: { id: found.id } })
    const running = await tx.promotion.count({
      where: { ticketId: found.id, phase: { in: ['queued', 'running', 'validating', 'unknown'] } },
    })
    const moved = decide(ticketFrom({ ...ticket, running: running > 0 }), { kind: 'cancel' })
    if (!moved.ok) return moved
    await tx.ticket.update({
      where: { id: ticket.id },
      data: { ...rowOf(moved.value), closedAt: now, version: { increment: 1 } },
    })
    const details = { number: ticketNumber(ticket.number), because: input.reason }
    await record(tx, ctx.actor, {
      action: 'ticket.cancelled',
      projectId: ticket.projectId,
      ticketId: ticket.id,
      details,
    })
    await enqueue(
      tx,
      'notify',
      { ticketId: ticket.id, event: 'ticket-cancelled' },
      { id: `notify-${ticket.id}-cancelled` },
    )
    return ok({ ticketId: ticket.id })
  })
}

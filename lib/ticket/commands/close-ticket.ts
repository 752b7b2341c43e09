import { z } from 'zod'
import { authorise } from '@/lib/access/authorise'
import type { Ability } from '@/lib/access/roles'
import { command } from '@/lib/audit/command'
import { record } from '@/lib/audit/record'
import type { Tx } from '@/lib/db/client'
import type { Context } from '@/lib/db/context'
import type { Hop } from '@/lib/environment/hop'
import type { Actor } from '@/lib/kernel/context'
import { ok, type Result, refuse } from '@/lib/kernel/result'
import { ticketNumber } from '@/lib/kernel/ticket-number'
import { enqueue } from '@/lib/queue/enqueue'
import { decide, rowOf, ticketFrom } from '../ticket'
import { tickTasks } from './tick-tasks'

export const CloseTicket = z.strictObject({ ticketId: z.guid() })

/** Closes a ticket whose promotion succeeded and was validated (policy 4.1 step 4). */
export async function closeTicket(
  ctx: Context,
  input: z.infer<typeof CloseTicket>,
): Promise<Result<{ ticketId: string }>> {
  const found = await ctx.db.ticket.findUnique({ where: { id: input.ticketId }, include: { hop: true } })
  if (!found) return refuse('not-found', 'There is no such ticket.')
  const about = { name: 'close a ticket', projectId: found.projectId, ticketId: found.id }
  return command(ctx, about, async (tx, now) => {
    const ability = `promote-${found.hop.hop as Hop}` satisfies Ability
    const may = await authorise(tx, ctx.actor, found.projectId, ability, 'close this ticket')
    if (!may.ok) return may
    await tx.$queryRaw`SELECT id FROM ticket WHERE id = ${found.id}::uuid FOR UPDATE`
    const ticket = await tx.ticket.findUniqueOrThrow({ where: { id: found.id } })
    const running = await tx.promotion.count({
      where: { ticketId: found.id, phase: { in: ['queued', 'running', 'validating', 'unknown'] } },
    })
    const moved = decide(ticketFrom({ ...ticket, running: running > 0 }), { kind: 'close' })
    if (!moved.ok) return moved
    await closeNow(tx, now, ctx.actor, ticket)
    return ok({ ticketId: ticket.id })
  })
}

type Closing = { readonly id: string; readonly projectId: string; readonly number: number; readonly title: string }

/** Writes the closing: log, ticket, and the completion notice, which ticks its own task when it has been delivered. */
export async function closeNow(tx: Tx, now: Date, actor: Actor, ticket: Closing): Promise<void> {
  const row = rowOf({ state: 'closed', outcome: 'succeeded' })
  await tx.ticket.update({ where: { id: ticket.id }, data: { ...row, closedAt: now, version: { increment: 1 } } })
  await tickTasks(tx, ticket.id, now, actor.name, {
    'update-log': { sentence: 'Written to the audit log', href: '#timeline' },
    'close-ticket': { sentence: `Closed by ${actor.name}`, href: '#timeline' },
  })
  const details = { number: ticketNumber(ticket.number), title: ticket.title, outcome: 'succeeded' }
  await record(tx, actor, { action: 'ticket.closed', projectId: ticket.projectId, ticketId: ticket.id, details })
  await enqueue(tx, 'notify', { ticketId: ticket.id, event: 'ticket-closed' }, { id: `notify-${ticket.id}-closed` })
}

import { z } from 'zod'
import { authorise } from '@/lib/access/authorise'
import { command } from '@/lib/audit/command'
import { record } from '@/lib/audit/record'
import type { Context } from '@/lib/db/context'
import { newId } from '@/lib/kernel/ids'
import { ok, type Result, refuse } from '@/lib/kernel/result'
import { enqueue } from '@/lib/queue/enqueue'
import type { TicketEventName } from '@/lib/queue/workflows'

export const SendAgain = z.strictObject({ ticketId: z.guid() })

/** Sends the mails about a ticket again that were given up, as they were written. */
export async function sendAgain(ctx: Context, input: z.infer<typeof SendAgain>): Promise<Result<{ mails: number }>> {
  const ticket = await ctx.db.ticket.findUnique({ where: { id: input.ticketId } })
  if (!ticket) return refuse('not-found', 'There is no such ticket.')
  const { id: ticketId, projectId } = ticket
  const about = { name: 'send mails again', projectId, ticketId }
  return command(ctx, about, async tx => {
    const may = await authorise(tx, ctx.actor, projectId, 'look-again', about.name)
    if (!may.ok) return may
    const revived = await tx.notification.updateManyAndReturn({
      where: { ticketId, state: 'dead' },
      data: { state: 'pending', attempts: 0, problem: null },
      select: { event: true },
    })
    const mails = revived.length
    if (mails === 0) return refuse('conflict', 'No mail of this ticket was given up.')
    for (const event of new Set(revived.map(row => row.event))) {
      await enqueue(tx, 'notify', { ticketId, event: event as TicketEventName }, { id: `notify-again-${newId()}` })
    }
    const details = { what: `asked for ${mails === 1 ? 'one mail' : `${mails} mails`} to be sent again` }
    await record(tx, ctx.actor, { action: 'ticket.changed', projectId, ticketId, details })
    return ok({ mails })
  })
}

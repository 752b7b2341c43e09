import { record } from '@/lib/audit/record'
import type { Tx } from '@/lib/db/client'
import type { Actor } from '@/lib/kernel/context'
import { ticketNumber } from '@/lib/kernel/ticket-number'
import { enqueue } from '@/lib/queue/enqueue'

type Opened = {
  readonly id: string
  readonly number: number
  readonly hopId: string
  readonly projectId: string
  readonly releaseId: string
}

/** A newer release at the same hop ends the rounds of older ones that have not been promoted; one that runs or has run is left alone. */
export async function supersedeOlder(tx: Tx, now: Date, actor: Actor, opened: Opened): Promise<void> {
  const { createdAt } = await tx.release.findUniqueOrThrow({
    where: { id: opened.releaseId },
    select: { createdAt: true },
  })
  const waiting = { hopId: opened.hopId, status: 'open', kind: 'standard', promotions: { none: {} } }
  const older = await tx.ticket.findMany({ where: { ...waiting, release: { createdAt: { lt: createdAt } } } })
  const by = ticketNumber(opened.number)
  for (const ticket of older) {
    const data = { status: 'cancelled', outcome: 'cancelled', closedAt: now, version: { increment: 1 } }
    await tx.ticket.update({ where: { id: ticket.id }, data })
    const details = { number: ticketNumber(ticket.number), because: `superseded by ${by}` }
    await record(tx, actor, { action: 'ticket.cancelled', projectId: opened.projectId, ticketId: ticket.id, details })
    await enqueue(
      tx,
      'notify',
      { ticketId: ticket.id, event: 'ticket-cancelled' },
      { id: `notify-${ticket.id}-ticket-cancelled` },
    )
  }
}

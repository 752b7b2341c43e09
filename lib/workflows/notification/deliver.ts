import type { Db } from '@/lib/db/client'
import { clock } from '@/lib/db/transaction'
import { ticketNumber } from '@/lib/kernel/ticket-number'
import type { Mailer } from '@/lib/mail/mailer'
import { htmlOf } from '@/lib/notification/html'
import { oneLine } from '@/lib/notification/one-line'

const atOnce = 4
const unresolved = 'The worker stopped while this mail was being sent. It may have arrived; nobody was told twice.'

/** Tries each mail once that has not gone out yet. Returns how many are still to be tried again. */
export async function deliverMails(db: Db, send: Mailer, ids: readonly string[], baseUrl: string): Promise<number> {
  const waiting = await db.notification.findMany({
    where: { id: { in: [...ids] }, state: { in: ['pending', 'failed'] } },
    orderBy: { id: 'asc' },
  })
  const [first] = waiting
  if (!first) return 0
  const { number } = await db.ticket.findUniqueOrThrow({ where: { id: first.ticketId }, select: { number: true } })
  const link = new URL(`/tickets/${ticketNumber(number)}`, baseUrl).href
  for (let start = 0; start < waiting.length; start += atOnce) {
    await Promise.all(waiting.slice(start, start + atOnce).map(row => deliver(db, send, row, link)))
  }
  return db.notification.count({ where: { id: { in: [...ids] }, state: 'failed' } })
}

type Row = {
  readonly id: string
  readonly ticketId: string
  readonly recipient: string
  readonly subject: string
  readonly text: string
  readonly state: string
  readonly attempts: number
}

/**
 * At most once: the attempt is counted before the mail goes out, so that a process which dies in between leaves a row that is not tried
 * again by itself. A person can ask for that.
 */
async function deliver(db: Db, send: Mailer, row: Row, link: string): Promise<void> {
  const { id, state, attempts } = row
  if (state === 'pending' && attempts > 0) {
    await db.notification.updateMany({ where: { id, state, attempts }, data: { state: 'dead', problem: unresolved } })
    return
  }
  const claim = { state: 'pending', attempts: attempts + 1 }
  const { count } = await db.notification.updateMany({ where: { id, state, attempts }, data: claim })
  if (count === 0) return
  const problem = await trySending(send, row, link)
  const now = await clock(db)
  await db.notification.updateMany({
    where: { id, attempts: claim.attempts, state: { in: ['pending', 'dead'] } },
    data: problem === null ? { state: 'sent', sentAt: now, problem } : { state: 'failed', problem },
  })
}

async function trySending(send: Mailer, row: Row, link: string): Promise<string | null> {
  try {
    const { id, recipient: to, subject, text, ticketId: thread } = row
    await send({ id, to, subject, text, html: htmlOf(row, link), thread })
    return null
  } catch (cause) {
    return oneLine(`The mail server did not take it: ${cause instanceof Error ? cause.message : String(cause)}`, 300)
  }
}

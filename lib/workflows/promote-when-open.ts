import { db } from '@/lib/db/client'
import { clock } from '@/lib/db/transaction'
import { evaluateGate } from '@/lib/gate/gate'
import { loadFacts } from '@/lib/gate/queries'
import { portal } from '@/lib/kernel/context'
import { promote } from '@/lib/promotion/commands/promote'

/**
 * Promotes Dev→Test by itself once the gate is open (policy 1.2). Looks first, so that a shut gate is no refusal in the audit log;
 * the command then decides under the lock. Enqueued by whatever can open the gate: evidence, and a new plan.
 */
export async function promoteWhenOpen({ ticketId }: { ticketId: string }): Promise<void> {
  const ticket = await db().ticket.findUnique({ where: { id: ticketId }, include: { hop: true } })
  if (ticket?.status !== 'open' || ticket.step !== 'initiate' || ticket.hop.hop !== 'dev-test') return
  const gate = evaluateGate(await loadFacts(db(), ticketId, await clock(db())))
  if (gate.open) await promote({ actor: portal, db: db() }, { ticketId })
}

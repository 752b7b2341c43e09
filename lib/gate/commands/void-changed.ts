import { record } from '@/lib/audit/record'
import type { Tx } from '@/lib/db/client'
import type { Actor } from '@/lib/kernel/context'
import { changedSince } from '../covered'
import { type CriterionId, criterionById } from '../criteria'
import { loadFacts } from '../queries'

/** Ends exactly those decisions on a ticket that covered something which has changed; going back does not revive them (DESIGN 3.3). */
export async function voidChanged(
  tx: Tx,
  now: Date,
  actor: Actor,
  ticket: { id: string; projectId: string },
): Promise<void> {
  const facts = await loadFacts(tx, ticket.id, now)
  for (const [id, votes] of Object.entries(facts.signOffs)) {
    for (const vote of votes ?? []) {
      const changed = vote.endedAt === null ? changedSince(vote.covered, facts.content) : null
      if (!changed) continue
      const endedBecause = `${changed} changed`
      await tx.signOff.update({ where: { id: vote.id }, data: { endedAt: now, endedBecause }, select: { id: true } })
      const details = { criterion: criterionById(id as CriterionId)?.label, of: vote.userName, because: endedBecause }
      await record(tx, actor, { action: 'sign-off.voided', projectId: ticket.projectId, ticketId: ticket.id, details })
    }
  }
}

/** The same for every open ticket of a project: after a change of variables or rules. */
export async function voidChangedInProject(tx: Tx, now: Date, actor: Actor, projectId: string): Promise<void> {
  const open = await tx.ticket.findMany({ where: { projectId, status: 'open' }, select: { id: true, projectId: true } })
  for (const ticket of open) await voidChanged(tx, now, actor, ticket)
}

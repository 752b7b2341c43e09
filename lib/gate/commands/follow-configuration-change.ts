import type { Tx } from '@/lib/db/client'
import type { Actor } from '@/lib/kernel/context'
import { newId } from '@/lib/kernel/ids'
import { enqueue } from '@/lib/queue/enqueue'
import { voidChangedInProject } from './void-changed'

/**
 * What follows a change of variables or rules, in its transaction, which holds the hops of the project: the decisions that no longer hold are
 * ended, and the tickets that have not been promoted get new plans. Returns how many decisions were ended.
 */
export async function followConfigurationChange(tx: Tx, now: Date, actor: Actor, projectId: string): Promise<number> {
  await voidChangedInProject(tx, now, actor, projectId)
  const waiting = await tx.ticket.findMany({
    where: { projectId, status: 'open', OR: [{ outcome: null }, { outcome: { not: 'succeeded' } }] },
    select: { id: true },
  })
  for (const { id } of waiting) await enqueue(tx, 'make-plan', { ticketId: id }, { id: `plan-${id}-${newId()}` })
  return tx.signOff.count({ where: { endedAt: now, endedBecause: { endsWith: ' changed' }, ticket: { projectId } } })
}

import type { Tx } from '@/lib/db/client'
import type { Proof, TaskId } from '../tasks'

/** Marks tasks of a ticket as done, with their proof; one that is done already keeps its first proof. */
export async function tickTasks(
  tx: Pick<Tx, 'task'>,
  ticketId: string,
  now: Date,
  by: string,
  done: Partial<Record<TaskId, Proof>>,
): Promise<void> {
  for (const [task, proof] of Object.entries(done)) {
    await tx.task.updateMany({ where: { ticketId, task, doneAt: null }, data: { doneAt: now, doneBy: by, proof } })
  }
}

/** A promotion that starts anew runs and validates anew. */
export async function reopenTasks(tx: Pick<Tx, 'task'>, ticketId: string, tasks: readonly TaskId[]): Promise<void> {
  const where = { ticketId, task: { in: [...tasks] } }
  await tx.task.updateMany({ where, data: { doneAt: null, doneBy: null } })
}

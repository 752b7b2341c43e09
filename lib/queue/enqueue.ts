import type { Tx } from '@/lib/db/client'
import { queueOf, type WorkflowName, type WorkflowPayloads } from './workflows'

/**
 * Enqueues a workflow in the caller's transaction: it runs if, and only if, that transaction commits.
 * `id` is the workflow's id; the same id again is accepted and runs nothing.
 */
export async function enqueue<Name extends WorkflowName>(
  tx: Pick<Tx, '$queryRaw'>,
  name: Name,
  payload: WorkflowPayloads[Name],
  options: { id: string; environmentId?: string },
): Promise<void> {
  const partition = options.environmentId ?? null
  await tx.$queryRaw`SELECT enqueue_work(${name}, ${queueOf(name)}, ${JSON.stringify(payload)}::json, ${options.id}, ${partition})::text`
}

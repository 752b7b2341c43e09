import type { Tx } from '@/lib/db/client'
import { queues, type WorkflowName, type WorkflowPayloads } from './workflows'

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
  const queue = name === 'run-promotion' ? queues.promotions : queues.work
  await tx.$queryRaw`SELECT dbos.enqueue_workflow(workflow_name => ${name}, queue_name => ${queue},
    positional_args => ARRAY[${JSON.stringify(payload)}::json], workflow_id => ${options.id},
    queue_partition_key => ${options.environmentId ?? null})`
}

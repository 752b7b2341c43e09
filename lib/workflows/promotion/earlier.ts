import { DBOS } from '@dbos-inc/dbos-sdk'
import type { Prepared } from './prepare'
import type { Done } from './step'

/**
 * What an earlier run of a promotion found when it prepared; null in the first run itself, and when none came so far. A run that goes on
 * after an unknown end may not read the target again for its plan: the target holds by then what the earlier one wrote.
 */
export async function earlierPrepared(promotionId: string): Promise<Prepared | null> {
  if (DBOS.workflowID === undefined || DBOS.workflowID === promotionId) return null
  const runs = await DBOS.listWorkflows({ workflow_id_prefix: promotionId, loadInput: false, loadOutput: false })
  for (const { workflowID } of runs) {
    const steps = (await DBOS.listWorkflowSteps(workflowID)) ?? []
    const prepared = steps.find(step => step.name === 'prepare')?.output as Done<Prepared> | null | undefined
    if (prepared?.ok) return prepared.value
  }
  return null
}

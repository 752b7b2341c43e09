import type { WorkflowName, WorkflowPayloads } from '@/lib/queue/workflows'
import { handleWebhook } from './handle-webhook'
import { makePlan } from './make-plan'
import { notify } from './notify'
import { promoteWhenOpen } from './promote-when-open'
import { runPromotion } from './run-promotion'

/** What the worker runs, by the name under which it is enqueued. */
export const workflows: { readonly [Name in WorkflowName]: (payload: WorkflowPayloads[Name]) => Promise<void> } = {
  'run-promotion': runPromotion,
  'make-plan': makePlan,
  'handle-webhook': handleWebhook,
  'promote-when-open': promoteWhenOpen,
  notify,
}

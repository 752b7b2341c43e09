import type { Step } from './ticket'

export type TaskId =
  | 'verify-criteria'
  | 'create-ticket'
  | 'notify-stakeholders'
  | 'trigger-pipeline'
  | 'monitor-progress'
  | 'verify-item-sync'
  | 'smoke-tests'
  | 'data-connectivity'
  | 'report-rendering'
  | 'update-log'
  | 'close-ticket'
  | 'send-completion'

/** The twelve tasks of policy 4.1, in its order and its words. */
export const tasks: readonly { readonly id: TaskId; readonly step: Step; readonly label: string }[] = [
  { id: 'verify-criteria', step: 'initiate', label: 'Verify all criteria met' },
  { id: 'create-ticket', step: 'initiate', label: 'Create deployment ticket' },
  { id: 'notify-stakeholders', step: 'initiate', label: 'Notify stakeholders' },
  { id: 'trigger-pipeline', step: 'execute', label: 'Trigger deployment pipeline' },
  { id: 'monitor-progress', step: 'execute', label: 'Monitor deployment progress' },
  { id: 'verify-item-sync', step: 'execute', label: 'Verify item sync completed' },
  { id: 'smoke-tests', step: 'validate', label: 'Run smoke tests' },
  { id: 'data-connectivity', step: 'validate', label: 'Verify data connectivity' },
  { id: 'report-rendering', step: 'validate', label: 'Check report rendering' },
  { id: 'update-log', step: 'close', label: 'Update deployment log' },
  { id: 'close-ticket', step: 'close', label: 'Close ticket' },
  { id: 'send-completion', step: 'close', label: 'Send completion notification' },
]

export const steps: readonly { readonly id: Step; readonly label: string }[] = [
  { id: 'initiate', label: 'Initiate' },
  { id: 'execute', label: 'Execute' },
  { id: 'validate', label: 'Validate' },
  { id: 'close', label: 'Close' },
]

/** What proves that a task is done: a sentence, and where to look (an id on the ticket's own page, or an address). */
export type Proof = { readonly sentence: string; readonly href: string | null }

import { StepBar } from '@/components/ui/step-bar'
import type { StepView } from '@/lib/ticket/ticket-steps'

/** Policy 4.1 as a bar: how many tasks of each step are done. */
export function TicketStepBar({ steps }: { steps: readonly StepView[] }) {
  return (
    <StepBar
      label="Steps of the deployment"
      steps={steps.map(({ label, state, tasks }) => {
        const done = tasks.filter(task => task.state === 'done').length
        return { name: label, state, count: `${done} of ${tasks.length} tasks` }
      })}
    />
  )
}

import { Region } from '@/components/ui/region'
import { Row, Rows } from '@/components/ui/rows'
import { Time } from '@/components/ui/time'
import type { StepView, TaskView } from '@/lib/ticket/ticket-steps'
import type { Moment } from './moment'

type TicketTasksProps = { steps: readonly StepView[]; moment: Moment; isCancelled: boolean; isRunning: boolean }

/** The twelve tasks of policy 4.1 in their four steps; the portal ticks them itself, each with its proof. */
export function TicketTasks({ steps, moment, isCancelled, isRunning }: TicketTasksProps) {
  const all = steps.flatMap(step => step.tasks)
  const done = all.filter(task => task.state === 'done').length
  return (
    <Region title="Tasks" id="tasks" aside={`${done} of ${all.length} done`}>
      {steps.map(step => (
        <div key={step.id} className="border-b last:border-b-0">
          <h3 className="bg-sunken px-4 py-1.5 text-xs font-medium text-ink-muted">
            {step.label}
            {step.tasks.every(task => task.state === 'waiting') && (
              <span className="font-normal">
                {isCancelled ? ', not needed any more' : ', after the steps before it'}
              </span>
            )}
          </h3>
          <Rows label={step.label}>
            {step.tasks.map(task => (
              <Task key={task.id} task={task} moment={moment} isRunning={isRunning && step.id !== 'initiate'} />
            ))}
          </Rows>
        </div>
      ))}
    </Region>
  )
}

function Task({ task, moment, isRunning }: { task: TaskView; moment: Moment; isRunning: boolean }) {
  const { label, state, doneAt, doneBy, proof } = task
  return (
    <Row
      state={state === 'done' ? 'met' : state === 'open' && isRunning ? 'running' : state}
      title={label}
      href={proof?.href ?? undefined}
      note={proof?.sentence}
      right={
        doneAt && (
          <>
            {doneBy}
            <br />
            <Time at={doneAt} {...moment} />
          </>
        )
      }
    />
  )
}

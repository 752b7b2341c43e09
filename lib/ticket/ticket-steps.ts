import { type Proof, steps, type TaskId, tasks } from './tasks'
import type { Step } from './ticket'

export type TaskView = {
  readonly id: TaskId
  readonly label: string
  readonly state: 'done' | 'open' | 'waiting'
  readonly doneAt: Date | null
  readonly doneBy: string | null
  readonly proof: Proof | null
}
export type StepView = {
  readonly id: Step
  readonly label: string
  readonly state: 'done' | 'now' | 'later' | 'failed'
  readonly tasks: readonly TaskView[]
}

type TaskRow = {
  readonly task: string
  readonly doneAt: Date | null
  readonly doneBy: string | null
  readonly proof: unknown
}
type Progressed = {
  readonly status: string
  readonly step: string
  readonly outcome: string | null
  readonly tasks: readonly TaskRow[]
}

/** The four steps of a ticket with their twelve tasks, and how far each is. */
export function stepsOf(ticket: Progressed): StepView[] {
  const now = steps.findIndex(({ id }) => id === ticket.step)
  const isOpen = ticket.status === 'open'
  const hasFailed = isOpen && ['failed', 'errored', 'partial'].includes(ticket.outcome ?? '')
  return steps.map(({ id, label }, index) => {
    const own = tasks.filter(task => task.step === id)
    const hasBegun = ticket.status === 'closed' || (isOpen && index <= now)
    const views = own.map(task => taskView(task, ticket.tasks, hasBegun))
    const isDone = views.every(view => view.state === 'done')
    const current = isOpen && index === now ? (hasFailed ? 'failed' : 'now') : 'later'
    return { id, label, state: isDone ? 'done' : current, tasks: views }
  })
}

function taskView(task: (typeof tasks)[number], rows: readonly TaskRow[], hasBegun: boolean): TaskView {
  const row = rows.find(one => one.task === task.id)
  const state = row?.doneAt ? 'done' : hasBegun ? 'open' : 'waiting'
  const proof = row?.doneAt ? ((row.proof as Proof | null) ?? null) : null
  return { id: task.id, label: task.label, state, doneAt: row?.doneAt ?? null, doneBy: row?.doneBy ?? null, proof }
}

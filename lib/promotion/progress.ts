/** A line that the run wrote. `item` is empty for the step as a whole. Instants are ISO texts: this travels to the browser. */
export type ProgressRow = {
  readonly sequence: number
  readonly step: string
  readonly item: string
  readonly status: string
  readonly message: string
  readonly at: string
}

/** A promotion as far as it is known, or what came since; `rows` in order of their sequence. */
export type RunState = {
  readonly phase: string
  readonly message: string | null
  readonly startedAt: string | null
  readonly endedAt: string | null
  readonly rows: readonly ProgressRow[]
}

const going = ['queued', 'running', 'validating']

/** Nothing more comes by itself: the run has ended, or waits for a person to find out what Fabric did. */
export const isStill = (phase: string): boolean => !going.includes(phase)

/** The known state with news; a row that came twice counts once. */
export function withNews(known: RunState, news: RunState): RunState {
  const rows = new Map([...known.rows, ...news.rows].map(row => [row.sequence, row]))
  return { ...news, rows: [...rows.values()].sort((a, b) => a.sequence - b.sequence) }
}

export const lastSequence = (state: RunState): number => state.rows.at(-1)?.sequence ?? 0

export type RunStepStatus = 'waiting' | 'running' | 'passed' | 'failed' | 'skipped'
export type RunStepView = {
  readonly step: string
  readonly label: string
  readonly status: RunStepStatus
  readonly message: string
  readonly tookMs: number | null
}

const runSteps: readonly { readonly step: string; readonly label: string; readonly pipelineOnly?: true }[] = [
  { step: 'gate', label: 'Look at the gate again' },
  { step: 'read', label: 'Read the target' },
  { step: 'backup', label: 'Store a backup' },
  { step: 'deploy', label: 'Copy by the deployment pipeline', pipelineOnly: true },
  { step: 'write', label: 'Write items' },
  { step: 'finish', label: 'Activate and publish' },
  { step: 'verify', label: 'Verify item sync' },
  { step: 'validate', label: 'Validate' },
]

/** The steps of a run in their order, each with how far it is. */
export function stepsOf(state: RunState, strategy: string): RunStepView[] {
  const shown = runSteps.filter(({ pipelineOnly }) => !pipelineOnly || strategy === 'deployment-pipeline')
  const reached = shown.findLastIndex(({ step }) => state.rows.some(row => row.step === step))
  return shown.map(({ step, label }, index) => {
    const rows = state.rows.filter(row => row.step === step)
    const whole = rows.filter(row => row.item === '')
    const own = whole.length > 0 ? whole : rows
    const status = stepStatus(latestStatuses(own), { isPast: index < reached, isStill: isStill(state.phase) })
    const message = whole.at(-1)?.message ?? ''
    return { step, label, status, message, tookMs: status === 'running' ? null : took(rows) }
  })
}

type Place = { readonly isPast: boolean; readonly isStill: boolean }

function stepStatus(statuses: readonly string[], { isPast, isStill }: Place): RunStepStatus {
  if (statuses.length === 0) return isPast || isStill ? 'skipped' : 'waiting'
  if (statuses.includes('failed')) return 'failed'
  if (isStill && statuses.includes('running')) return 'failed'
  return isPast || statuses.every(status => status !== 'running') ? 'passed' : 'running'
}

/** Of each item, what was said last. */
const latestStatuses = (rows: readonly ProgressRow[]): string[] => [
  ...new Map(rows.map(row => [row.item, row.status])).values(),
]

function took(rows: readonly ProgressRow[]): number | null {
  const [first, last] = [rows.at(0), rows.at(-1)]
  return first && last ? Date.parse(last.at) - Date.parse(first.at) : null
}

export type RunItemStatus = 'waiting' | 'writing' | 'done' | 'failed' | 'skipped' | 'unknown'
export type RunItemView = { readonly label: string; readonly status: RunItemStatus; readonly message: string }

const itemSteps = ['deploy', 'write', 'finish', 'verify']

/** Each item that the plan writes, with what was said of it last. */
export function itemsOf(state: RunState, planned: readonly string[]): RunItemView[] {
  const said = new Map<string, ProgressRow>()
  for (const row of state.rows) if (row.item !== '' && itemSteps.includes(row.step)) said.set(row.item, row)
  const labels = [...new Set([...planned, ...said.keys()])]
  const isCopying = state.rows.findLast(({ step, item }) => step === 'deploy' && item === '')?.status === 'running'
  return labels.map(label => {
    const row = said.get(label)
    const status = row?.status ?? (isCopying ? 'running' : undefined)
    return { label, status: itemStatus(status, state.phase), message: row?.message ?? '' }
  })
}

/** Before each write the run says that it begins, for a deployment as a whole: what it never spoke of was not touched. */
function itemStatus(status: string | undefined, phase: string): RunItemStatus {
  if (status === undefined) return isStill(phase) ? 'skipped' : 'waiting'
  if (status === 'failed') return phase === 'unknown' ? 'unknown' : 'failed'
  if (status === 'done' || status === 'skipped') return status
  return isStill(phase) ? 'unknown' : 'writing'
}

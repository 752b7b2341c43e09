/** Where a release stands in one tier. */
export type Place = {
  readonly state:
    | 'deployed'
    | 'passed'
    | 'waiting'
    | 'ready'
    | 'queued'
    | 'running'
    | 'validating'
    | 'failed'
    | 'errored'
    | 'partial'
    | 'unknown'
  /** Why, or until when: "2 unmet"; null when the word says it all. */
  readonly detail: string | null
  /** `CHG-0001`: the ticket that brings or brought it there. */
  readonly ticket: string | null
}

export type LastRun = {
  readonly phase: string
  readonly message: string | null
  readonly at: Date
  readonly ticket: string
}

type Known = {
  readonly isThere: boolean
  readonly run: LastRun | null
  /** The open ticket that would bring it there. */
  readonly waiting: { readonly unmet: number; readonly ticket: string } | null
}

const shown = ['queued', 'running', 'validating', 'failed', 'errored', 'partial', 'unknown'] as const
const isShown = (phase: string): phase is (typeof shown)[number] => (shown as readonly string[]).includes(phase)

/** Null when the release has nothing to do with the tier yet. */
export function placeOf({ isThere, run, waiting }: Known): Place | null {
  if (run && isShown(run.phase)) {
    const isBad = ['failed', 'errored', 'partial', 'unknown'].includes(run.phase)
    return { state: run.phase, detail: isBad ? run.message : null, ticket: run.ticket }
  }
  if (isThere) return { state: 'deployed', detail: null, ticket: run?.ticket ?? null }
  if (run?.phase === 'succeeded') return { state: 'passed', detail: null, ticket: run.ticket }
  if (!waiting) return null
  return waiting.unmet === 0
    ? { state: 'ready', detail: null, ticket: waiting.ticket }
    : { state: 'waiting', detail: `${waiting.unmet} unmet`, ticket: waiting.ticket }
}

/** Dev holds the newest release; every older one has been there. */
export const placeInDev = (isNewest: boolean): Place => ({
  state: isNewest ? 'deployed' : 'passed',
  detail: null,
  ticket: null,
})

export type EnvironmentState =
  | 'in-step'
  | 'behind'
  | 'deploying'
  | 'validating'
  | 'failed'
  | 'unknown'
  | 'never-deployed'

/** What an environment is, from its last promotion and how many releases are newer than the one in it (null: none is in it). */
export function environmentState(run: LastRun | null, newer: number | null): EnvironmentState {
  if (run?.phase === 'queued' || run?.phase === 'running') return 'deploying'
  if (run?.phase === 'validating') return 'validating'
  if (run?.phase === 'unknown') return 'unknown'
  if (run && ['failed', 'errored', 'partial'].includes(run.phase)) return 'failed'
  if (newer === null) return 'never-deployed'
  return newer === 0 ? 'in-step' : 'behind'
}

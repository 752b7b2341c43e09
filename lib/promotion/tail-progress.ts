import { isStill, lastSequence, type RunState } from './progress'

export type Tailing = {
  /** The promotion with its rows after a sequence, as one statement saw both; null when it is gone. */
  readonly read: (after: number) => Promise<RunState | null>
  /** Resolves when there may be news, or after that long. */
  readonly wait: (ms: number) => Promise<void>
  readonly now: () => number
  readonly signal: AbortSignal
}

export const pollMs = 2_000
const keepAliveMs = 15_000
const openMs = 90_000

/** Rows are numbered before they are committed: a lower number may appear after a higher one, within moments. */
const overlap = 64

/**
 * News of a promotion after a sequence, until it stands still or the stream has been open long enough (the browser comes back by itself).
 * Yields null when it is time to show that the stream lives.
 */
export async function* tailProgress(
  after: number,
  { read, wait, now, signal }: Tailing,
): AsyncGenerator<RunState | null> {
  const began = now()
  const sent = new Set<number>()
  let last = after
  let phase: string | null = null
  let spoke = began
  while (!signal.aborted) {
    const state = await read(Math.max(after, last - overlap))
    if (!state) return
    const rows = state.rows.filter(row => !sent.has(row.sequence))
    for (const row of rows) sent.add(row.sequence)
    last = Math.max(last, lastSequence(state))
    if (rows.length > 0 || state.phase !== phase) {
      yield { ...state, rows }
      phase = state.phase
      spoke = now()
    }
    if (isStill(state.phase) || now() - began >= openMs) return
    await wait(pollMs)
    if (now() - spoke < keepAliveMs) continue
    yield null
    spoke = now()
  }
}

/** Asks until the answer is there; throws with `what` when `deadlineMs` has passed or `gaveUp` says that it never will be. */
export async function waitFor<T>(
  what: string,
  ask: () => Promise<T | null>,
  options: { deadlineMs: number; gaveUp?: () => string | null },
): Promise<T> {
  const until = Date.now() + options.deadlineMs
  for (;;) {
    const answer = await ask().catch(() => null)
    if (answer !== null) return answer
    const why = options.gaveUp?.()
    if (why || Date.now() > until)
      throw new Error(`${what} ${why ?? `did not answer within ${options.deadlineMs / 1000} s`}`)
    await new Promise(next => setTimeout(next, 100))
  }
}

/** The answer of an address, or null while it does not answer well. */
export async function answered(url: string): Promise<Response | null> {
  const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(5_000) })
  return response.status < 500 ? response : null
}

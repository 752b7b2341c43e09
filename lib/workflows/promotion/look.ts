import { pause } from '@/lib/fabric/time'
import type { Intent } from './intent'
import type { Run } from './run'

/** The intent of a call that this process has sent just now, and whose answer got lost. */
export const justNow = (run: Run, intent: Intent): Intent => ({
  ...intent,
  quietAt: Date.now() + run.fabric.patience.listLagMs,
})

/** Looks for what a call may have done until it is found, or until nothing of that call can still appear. */
export async function lookUntilQuiet<T>(
  run: Run,
  intent: Pick<Intent, 'quietAt'>,
  look: () => Promise<T | null>,
): Promise<T | null> {
  for (;;) {
    const isLast = Date.now() >= intent.quietAt
    const found = await look()
    if (found !== null || isLast) return found
    await pause(
      Math.max(
        run.fabric.patience.shortestPollMs,
        Math.min(run.fabric.patience.usualPollMs, intent.quietAt - Date.now()),
      ),
    )
  }
}

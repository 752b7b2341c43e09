import { Status } from '@/components/status/status'
import { durationWords } from '@/components/ui/time-words'
import type { RunStepView } from '@/lib/promotion/progress'

/** The steps of a run, each with its state, what it says and how long it took. */
export function RunSteps({ steps }: { steps: readonly RunStepView[] }) {
  return (
    <>
      <h3 className="border-t bg-sunken px-4 py-1.5 text-xs font-medium text-ink-muted">Steps</h3>
      <ol aria-label="Steps of the run" className="divide-y border-t text-sm">
        {steps.map(({ step, label, status, message, tookMs }) => (
          <li key={step} className="grid grid-cols-[6rem_minmax(0,1fr)_auto] gap-x-3 px-4 py-1.5">
            <Status kind="check" value={status} />
            <span className="min-w-0 wrap-break-word">
              <span className={status === 'waiting' || status === 'skipped' ? 'text-ink-muted' : undefined}>
                {label}
              </span>
              {message && <span className="block text-xs text-ink-muted">{message}</span>}
            </span>
            <span className="text-right text-xs text-ink-muted">
              {tookMs !== null && status !== 'waiting' ? durationWords(tookMs) : ''}
            </span>
          </li>
        ))}
      </ol>
    </>
  )
}

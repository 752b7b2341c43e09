'use client'

import { Notice } from '@/components/ui/notice'
import { ProgressBar } from '@/components/ui/progress-bar'
import { isStill, itemsOf, type RunState, stepsOf } from '@/lib/promotion/progress'
import { Elapsed } from './elapsed'
import { RunItems } from './run-items'
import { RunSteps } from './run-steps'

type RunBodyProps = {
  state: RunState
  isLive: boolean
  strategy: string
  planned: readonly string[]
  targetName: string
}

export function RunBody({ state, isLive, strategy, planned, targetName }: RunBodyProps) {
  const items = itemsOf(state, planned)
  const written = items.filter(item => item.status === 'done').length
  const counted = `${written} of ${items.length} items written`
  const still = isStill(state.phase)
  return (
    <>
      <div className="px-4 py-3">
        <Ending state={state} targetName={targetName} />
        {!still && items.length > 0 && (
          <ProgressBar label="Items written" value={written} max={items.length} text={counted} />
        )}
        <p className="text-sm text-ink-muted">
          <span role="status">{phaseWords(state.phase, counted)}</span>
          {state.startedAt && (
            <>
              {' · '}
              <Elapsed since={state.startedAt} until={state.endedAt} />
            </>
          )}
          {!still && <> · {isLive ? 'live' : 'looking every two seconds'}; you can leave this page, the run goes on</>}
        </p>
      </div>
      <RunSteps steps={stepsOf(state, strategy)} />
      <RunItems items={items} />
    </>
  )
}

function phaseWords(phase: string, counted: string): string {
  switch (phase) {
    case 'queued':
      return 'Waiting for its turn'
    case 'validating':
      return `${counted}; validating`
    default:
      return counted
  }
}

const endings: Readonly<Record<string, { readonly tone: 'success' | 'danger' | 'attention'; readonly title: string }>> =
  {
    succeeded: { tone: 'success', title: 'Succeeded.' },
    failed: { tone: 'danger', title: 'Failed: a check said no.' },
    errored: { tone: 'danger', title: 'Errored: something broke before anything was written.' },
    partial: { tone: 'danger', title: 'Partial: some items were written, some were not.' },
    cancelled: { tone: 'attention', title: 'It did not run.' },
  }

function Ending({ state: { phase, message }, targetName }: Pick<RunBodyProps, 'state' | 'targetName'>) {
  if (phase === 'unknown')
    return (
      <Notice tone="attention" title="Nobody can tell yet what Fabric did." live>
        <p>{message}</p>
        <p className="mt-1">
          Nothing is tried again by itself, and nothing else may run into {targetName} meanwhile. Open {targetName} in
          Fabric and look at the items named here; then ask a release manager or incident manager to let the portal look
          again.
        </p>
      </Notice>
    )
  const ending = endings[phase]
  if (!ending) return null
  return (
    <Notice tone={ending.tone} title={ending.title} live>
      {message}
    </Notice>
  )
}

'use client'

import type { ReactNode } from 'react'
import { Notice } from '@/components/ui/notice'
import { ProgressBar } from '@/components/ui/progress-bar'
import { isStill, itemsOf, type RunItemView, type RunState, stepsOf } from '@/lib/promotion/progress'
import { Elapsed } from './elapsed'
import { RunItems } from './run-items'
import { RunSteps } from './run-steps'

type RunBodyProps = {
  state: RunState
  isLive: boolean
  strategy: string
  planned: readonly string[]
  targetName: string
  waysOut: ReactNode
}

export function RunBody({ state, isLive, strategy, planned, targetName, waysOut }: RunBodyProps) {
  const items = itemsOf(state, planned)
  const written = items.filter(item => item.status === 'done').length
  const counted = `${written} of ${items.length} items written`
  const still = isStill(state.phase)
  return (
    <>
      <div className="px-4 py-3">
        <Ending state={state} targetName={targetName} notKnown={items.filter(isNotKnown).map(({ label }) => label)} />
        {state.phase === 'unknown' && waysOut}
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

const isNotKnown = ({ status }: RunItemView) => status === 'unknown'

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
    errored: { tone: 'danger', title: 'Errored: something broke, and no item is known to be written.' },
    partial: { tone: 'danger', title: 'Partial: some items were written, some were not.' },
    cancelled: { tone: 'attention', title: 'It did not run.' },
  }

type EndingProps = Pick<RunBodyProps, 'state' | 'targetName'> & { notKnown: readonly string[] }

function Ending({ state: { phase, message }, targetName, notKnown }: EndingProps) {
  if (phase === 'unknown')
    return (
      <Notice tone="attention" title="Nobody can tell yet what Fabric did." live>
        <p className="wrap-anywhere">{message}</p>
        {notKnown.length > 0 && (
          <p className="mt-1 wrap-anywhere">
            Not known of: {notKnown.slice(0, 5).join(', ')}
            {notKnown.length > 5 && ` and ${notKnown.length - 5} more, in the list below`}.
          </p>
        )}
        <p className="mt-1">
          Nothing is tried again by itself, and nothing else may run into {targetName} meanwhile. Look at it in Fabric.
          Looking again asks Fabric how it ended, takes over what it finds and goes on; nothing is sent twice unseen.
          Giving up ends the run.
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

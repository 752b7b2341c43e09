'use client'

import { useRouter } from 'next/navigation'
import { type ReactNode, useEffect, useRef } from 'react'
import { QueryProvider } from '@/components/query-provider'
import { isStill, lastSequence, type RunState } from '@/lib/promotion/progress'
import { RunBody } from './run-body'
import { useRun } from './use-run'

type LiveRunProps = {
  id: string
  initial: RunState
  strategy: string
  planned: readonly string[]
  targetName: string
  /** What can be done while its end is unknown. */
  waysOut: ReactNode
}

/** A run that moves under the eye. When its phase changes the rest of the page is asked for anew. */
export function LiveRun(props: LiveRunProps) {
  return (
    <QueryProvider key={attemptOf(props)}>
      <Following {...props} />
    </QueryProvider>
  )
}

/** A run that stood still and goes on is followed from its start anew. */
const attemptOf = ({ id, initial }: LiveRunProps) =>
  `${id} ${isStill(initial.phase) ? lastSequence(initial) : 'goes on'}`

function Following({ id, initial, ...rest }: LiveRunProps) {
  const { state, isLive } = useRun(id, initial)
  const { refresh } = useRouter()
  const shown = useRef(initial.phase)

  useEffect(() => {
    if (shown.current === state.phase) return
    shown.current = state.phase
    refresh()
  }, [state.phase, refresh])

  return <RunBody state={state} isLive={isLive} {...rest} />
}

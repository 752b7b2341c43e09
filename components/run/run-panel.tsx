import type { Moment } from '@/components/ticket/moment'
import { Region } from '@/components/ui/region'
import { Time } from '@/components/ui/time'
import type { RunView } from '@/lib/promotion/queries'
import { LiveRun } from './live-run'
import { ResolveRun } from './resolve-run'
import type { RunActions } from './run-forms'

type RunPanelProps = { run: RunView; targetName: string; moment: Moment; actions: RunActions }

/** The newest promotion of a ticket: rendered by the server with what is there, then followed live. */
export function RunPanel({ run, targetName, moment, actions }: RunPanelProps) {
  return (
    <Region
      title="Run"
      id="run"
      aside={
        <>
          {run.attempts > 1 && `attempt ${run.attempts}, `}
          started by {run.startedBy} <Time at={run.queuedAt} {...moment} />
        </>
      }
    >
      <LiveRun
        id={run.id}
        initial={run.state}
        strategy={run.strategy}
        planned={run.planned}
        targetName={targetName}
        waysOut={run.mayResolve && <ResolveRun run={run} targetName={targetName} actions={actions} />}
      />
    </Region>
  )
}

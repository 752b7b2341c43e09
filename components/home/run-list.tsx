import { Status } from '@/components/status/status'
import { type StatusOf, statusTable } from '@/components/status/status-table'
import { Region } from '@/components/ui/region'
import { Row, Rows } from '@/components/ui/rows'
import { Time } from '@/components/ui/time'
import type { RunView } from '@/lib/insight/home/queries'

type RunListProps = { title: string; aside?: string; runs: readonly RunView[]; now: Date }

const isStatus = (phase: string): phase is StatusOf<'ticket'> => phase in statusTable.ticket

/** Promotions that run, or have ended. */
export function RunList({ title, aside, runs, now }: RunListProps) {
  if (runs.length === 0) return null
  return (
    <Region title={title} aside={aside}>
      <Rows>
        {runs.map(run => (
          <Row
            key={run.id}
            icon="arrow"
            title={run.title}
            href={run.href}
            note={run.phase === 'succeeded' ? null : run.message && <span className="line-clamp-2">{run.message}</span>}
            right={
              <>
                {isStatus(run.phase) && <Status kind="ticket" value={run.phase} />}
                <br />
                <Time at={run.at} now={now} zone={run.zone} />
              </>
            }
          />
        ))}
      </Rows>
    </Region>
  )
}

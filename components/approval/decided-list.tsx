import { Status } from '@/components/status/status'
import { Region } from '@/components/ui/region'
import { Row, Rows } from '@/components/ui/rows'
import { Time } from '@/components/ui/time'
import type { DecidedView } from '@/lib/insight/approvals/queries'

/** What the person who looks has decided, newest first. */
export function DecidedList({ decided, now }: { decided: readonly DecidedView[]; now: Date }) {
  if (decided.length === 0) return null
  return (
    <Region title="Decided by you" id="decided" aside="newest first">
      <Rows>
        {decided.map(one => (
          <Row
            key={one.id}
            title={`${one.criterion}: ${one.title}`}
            href={one.href}
            note={noteOf(one)}
            right={
              <>
                <Status kind="vote" value={one.state} />
                <br />
                <Time at={one.at} now={now} zone={one.zone} />
              </>
            }
          />
        ))}
      </Rows>
    </Region>
  )
}

function noteOf({ state, because, statement }: DecidedView): string | null {
  const ended = state === 'void' && because ? because : ''
  const said = statement ? `“${statement}”` : ''
  return [said, ended].filter(Boolean).join(' · ') || null
}

import { Region } from '@/components/ui/region'
import { Row, Rows } from '@/components/ui/rows'
import { Time } from '@/components/ui/time'
import type { AskView } from '@/lib/insight/home/queries'
import { type AskGroup, askGroups } from '@/lib/insight/needs-you'

const titles: Readonly<Record<AskGroup, string>> = {
  mend: 'Mend',
  promote: 'Promote',
  approve: 'Approve',
  'sign-off': 'Sign off',
  prepare: 'Prepare',
}

/** What waits for the person, a region for each kind of thing, most urgent first. */
export function AskList({ asks, now }: { asks: readonly AskView[]; now: Date }) {
  return askGroups.map(group => {
    const own = asks.filter(ask => ask.group === group)
    if (own.length === 0) return null
    return (
      <Region key={group} title={titles[group]} aside={String(own.length)}>
        <Rows>
          {own.map(ask => (
            <AskRow key={`${ask.href} ${ask.title}`} ask={ask} now={now} />
          ))}
        </Rows>
      </Region>
    )
  })
}

function AskRow({ ask, now }: { ask: AskView; now: Date }) {
  return (
    <Row
      state="open"
      icon={ask.group === 'mend' ? 'warning' : undefined}
      title={ask.title}
      href={ask.href}
      note={ask.note && <span className="line-clamp-3">{ask.note}</span>}
      right={
        <>
          {ask.before ? 'before ' : 'since '}
          <Time at={ask.before ?? ask.since} now={now} zone={ask.zone} />
          <br />
          <span className="mono">{ask.ticket}</span>
        </>
      }
    />
  )
}

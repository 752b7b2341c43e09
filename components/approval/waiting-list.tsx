import { EmptyState } from '@/components/ui/empty-state'
import { Region } from '@/components/ui/region'
import { Row, Rows } from '@/components/ui/rows'
import { Time } from '@/components/ui/time'
import type { ApprovalsView, RiskFacts } from '@/lib/insight/approvals/queries'

/** What awaits the vote or the sign-off of the person who looks. */
export function WaitingList({ mine, now }: Pick<ApprovalsView, 'mine' | 'now'>) {
  return (
    <Region title="Waiting for you" id="waiting">
      {mine.length === 0 ? (
        <EmptyState kind="nothing-now" title="Nothing waits for your decision" />
      ) : (
        <Rows>
          {mine.map(ask => (
            <Row
              key={`${ask.href} ${ask.title}`}
              state="open"
              title={ask.title}
              href={ask.href}
              note={
                <>
                  {ask.note}
                  {ask.risk && (
                    <>
                      <br />
                      {riskWords(ask.risk)}
                    </>
                  )}
                </>
              }
              right={
                <>
                  {ask.before ? 'before ' : 'since '}
                  <Time at={ask.before ?? ask.since} now={now} zone={ask.zone} />
                  <br />
                  <span className="mono">{ask.ticket}</span>
                </>
              }
            />
          ))}
        </Rows>
      )}
    </Region>
  )
}

function riskWords({ creates, updates, lastRuns }: RiskFacts): string {
  const items = (count: number, word: string) => `${count} ${count === 1 ? 'item' : 'items'} ${word}`
  const written = [updates > 0 && items(updates, 'changed'), creates > 0 && items(creates, 'new')].filter(Boolean)
  const good = lastRuns.filter(phase => phase === 'succeeded').length
  const history =
    lastRuns.length === 0 ? 'never promoted here before' : `${good} of the last ${lastRuns.length} runs here succeeded`
  return `${written.join(', ') || 'Nothing is written'}; ${history}`
}

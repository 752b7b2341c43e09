import { Status } from '@/components/status/status'
import type { Moment } from '@/components/ticket/moment'
import { Time } from '@/components/ui/time'
import type { Vote } from '@/lib/ticket/gate-panel'

const statusOf = ({ ended, verdict }: Vote) =>
  ended === 'withdrawn' ? 'withdrawn' : ended ? 'void' : verdict === 'yes' ? 'approved' : 'refused'

/** Who said what, with what no longer counts and why. */
export function Votes({ votes, moment }: { votes: readonly Vote[]; moment: Moment }) {
  if (votes.length === 0) return null
  return (
    <ul aria-label="Decisions so far" className="my-1 space-y-1">
      {votes.map(vote => (
        <li key={vote.id}>
          <span className="flex flex-wrap items-center gap-x-2">
            <Status kind="vote" value={statusOf(vote)} />
            <span className="text-ink">{vote.name}</span>
            <span className="text-xs">
              {vote.role}, <Time at={vote.at} {...moment} />
              {vote.ended && vote.ended !== 'withdrawn' && `; no longer counts: ${vote.ended}`}
            </span>
          </span>
          {vote.statement && <q className="block whitespace-pre-line text-xs">{vote.statement}</q>}
        </li>
      ))}
    </ul>
  )
}

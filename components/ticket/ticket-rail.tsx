import { Status } from '@/components/status/status'
import { TierLabel } from '@/components/status/tier-label'
import { RailSection } from '@/components/ui/columns'
import { Fact, Facts } from '@/components/ui/facts'
import { Digest, Mono } from '@/components/ui/mono'
import { Time } from '@/components/ui/time'
import type { RunView } from '@/lib/promotion/queries'
import type { TicketView } from '@/lib/ticket/queries'
import { CancelTicket } from './cancel-ticket'
import type { TicketActions } from './ticket-forms'

type TicketRailProps = { ticket: TicketView; run: RunView | null; cancel: TicketActions['cancel'] }

/** The facts of a ticket, who has voted, and the way out. */
export function TicketRail({ ticket, run, cancel }: TicketRailProps) {
  const { release, project, to, requestedBy, openedAt, closedAt, window, now } = ticket
  const moment = { now, zone: project.zone }
  const strategy = run?.strategy ?? project.strategy
  return (
    <>
      <RailSection title="Facts">
        <Facts>
          <Fact label="Release">
            <a href={`/projects/${project.slug}/releases/${release.number}`} className="link">
              {release.number}
            </a>
            <br />
            <Digest value={release.digest} />
          </Fact>
          <Fact label="Commit">
            <Mono>{release.commit.slice(0, 7)}</Mono>
          </Fact>
          <Fact label="Project">
            <a href={`/projects/${project.slug}`} className="link">
              {project.name}
            </a>
          </Fact>
          <Fact label="Target">
            <TierLabel tier={to.label} /> {to.workspaceName}
          </Fact>
          <Fact label="Requested by">{requestedBy}</Fact>
          <Fact label="Opened">
            <Time at={openedAt} {...moment} as="plain" />
          </Fact>
          {closedAt && (
            <Fact label="Ended">
              <Time at={closedAt} {...moment} as="plain" />
            </Fact>
          )}
          {window && (
            <Fact label="Window">
              <Time at={new Date(window.start)} {...moment} as="plain" /> to
              <br />
              <Time at={new Date(window.end)} {...moment} as="plain" />
              <br />
              {project.zone}
            </Fact>
          )}
          <Fact label="Strategy">{strategy === 'definitions' ? 'By definitions' : 'By deployment pipeline'}</Fact>
          {run?.backup && (
            <Fact label="Backup">
              {run.backup.items} {run.backup.items === 1 ? 'item' : 'items'} of {to.label},{' '}
              <Time at={run.backup.takenAt} {...moment} />
            </Fact>
          )}
        </Facts>
      </RailSection>
      <VoteRail ticket={ticket} />
      {ticket.can.cancel?.allowed && <CancelTicket ticket={ticket} action={cancel} />}
    </>
  )
}

function VoteRail({ ticket }: { ticket: TicketView }) {
  const approval = ticket.gate.rows.find(row => row.kind === 'approval')
  if (!approval) return null
  const standing = approval.votes.filter(vote => !vote.ended)
  const yes = standing.filter(vote => vote.verdict === 'yes').length
  return (
    <RailSection title="Votes">
      <Facts>
        {standing.map(vote => (
          <Fact key={vote.id} label={vote.name}>
            <Status kind="vote" value={vote.verdict === 'yes' ? 'approved' : 'refused'} />
          </Fact>
        ))}
        <Fact label="Quorum">
          {yes} of {approval.quorum}
        </Fact>
      </Facts>
    </RailSection>
  )
}

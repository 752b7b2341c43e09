import Link from 'next/link'
import { PlaceStatus } from '@/components/path/place-status'
import { HopLabel, TierLabel } from '@/components/status/tier-label'
import { RailSection } from '@/components/ui/columns'
import { Fact, Facts } from '@/components/ui/facts'
import { Digest, Mono } from '@/components/ui/mono'
import { Time } from '@/components/ui/time'
import { hopEnds } from '@/lib/environment/hop'
import { tierFacts, tiers } from '@/lib/environment/tier'
import type { ReleaseView } from '@/lib/insight/release/queries'

/** Where a release is, its tickets, and what it is made of. */
export function ReleaseRail(release: ReleaseView) {
  return (
    <>
      <RailSection title="Where it is">
        <ul className="space-y-1.5">
          {tiers.map(tier => (
            <li key={tier} className="flex flex-wrap items-center gap-2">
              <TierLabel tier={tierFacts[tier].label} />
              {release.places[tier] ? (
                <PlaceStatus place={release.places[tier]} />
              ) : (
                <span className="text-ink-faint">not yet</span>
              )}
            </li>
          ))}
        </ul>
      </RailSection>
      <RailSection title="Tickets">
        {release.tickets.length === 0 ? (
          <p className="text-ink-muted">None yet.</p>
        ) : (
          <ul className="space-y-1.5">
            {release.tickets.map(({ number, href, hop, status }) => (
              <li key={number} className="flex flex-wrap items-center gap-2">
                <Link href={href} className="link mono">
                  {number}
                </Link>
                <HopLabel from={tierFacts[hopEnds[hop].source].label} to={tierFacts[hopEnds[hop].target].label} />
                <span className="text-xs text-ink-muted">{status}</span>
              </li>
            ))}
          </ul>
        )}
      </RailSection>
      <RailSection title="Made of">
        <Facts>
          <Fact label="Commit">
            <Mono>{release.commit.slice(0, 12)}</Mono> on {release.branch}
          </Fact>
          <Fact label="Authors">{release.authors.join(', ')}</Fact>
          <Fact label="Read from Dev">
            <Time at={release.createdAt} now={release.now} zone={release.project.zone} as="plain" />
          </Fact>
          <Fact label="Digest">
            <Digest value={release.digest} />
          </Fact>
        </Facts>
      </RailSection>
    </>
  )
}

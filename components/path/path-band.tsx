import Link from 'next/link'
import { Fragment } from 'react'
import { Status } from '@/components/status/status'
import { TierLabel } from '@/components/status/tier-label'
import { Time } from '@/components/ui/time'
import { type Hop, hopEnds, hops } from '@/lib/environment/hop'
import { type Tier, tierFacts, tiers } from '@/lib/environment/tier'
import type { PathEnvironment, PathGate, PathView } from '@/lib/insight/path/queries'

type Clock = { now: Date; zone: string }

/** Dev → Test → UAT → Prod: what is in each, and the gates between. */
export function PathBand({
  environments,
  gates,
  now,
  zone,
}: Pick<PathView, 'environments' | 'gates' | 'now' | 'zone'>) {
  return (
    <ol
      aria-label="Path"
      className="mb-4 grid overflow-clip rounded-md border bg-surface md:grid-cols-[1fr_auto_1fr_auto_1fr_auto_1fr]"
    >
      {tiers.map((tier, index) => {
        const gate = gates.find(one => one.hop === hops[index])
        return (
          <Fragment key={tier}>
            <EnvironmentCard
              tier={tier}
              environment={environments.find(one => one.tier === tier)}
              now={now}
              zone={zone}
            />
            {gate && <GateBetween gate={gate} now={now} zone={zone} />}
          </Fragment>
        )
      })}
    </ol>
  )
}

function EnvironmentCard({ tier, environment, now, zone }: Clock & { tier: Tier; environment?: PathEnvironment }) {
  const { label, data } = tierFacts[tier]
  return (
    <li className="flex min-w-0 flex-col items-start gap-2 px-4 py-3.5">
      <div className="flex flex-wrap items-center gap-2">
        <TierLabel tier={label} />
        <span className="text-xs text-ink-faint">{environment?.dataClass ?? data}</span>
      </div>
      {environment ? <Held environment={environment} now={now} zone={zone} /> : <NotLinked />}
    </li>
  )
}

function NotLinked() {
  return (
    <p className="text-ink-muted">
      No workspace is linked.{' '}
      <Link href="/settings" className="link">
        Settings
      </Link>
    </p>
  )
}

function Held({ environment, now, zone }: Clock & { environment: PathEnvironment }) {
  const { release, state, behind, detail, since, items, access, tier, workspaceName } = environment
  return (
    <>
      <p className="text-lg font-semibold">
        {release ? (
          <Link href={release.href}>{release.number}</Link>
        ) : (
          <span className="text-ink-faint">No release</span>
        )}
      </p>
      <EnvironmentStatus state={state} behind={behind} isDev={tier === 'dev'} />
      {detail && <p className="line-clamp-3 text-xs text-danger">{detail}</p>}
      <p className="text-xs text-ink-muted">
        {since && (
          <>
            {sinceWords(state, tier)} <Time at={since} now={now} zone={zone} />
            <br />
          </>
        )}
        {items !== null && `${items} items · `}
        {access}
        <br />
        <span className="wrap-anywhere text-ink-faint">{workspaceName}</span>
      </p>
    </>
  )
}

function EnvironmentStatus({
  state,
  behind,
  isDev,
}: {
  state: PathEnvironment['state']
  behind: number
  isDev: boolean
}) {
  if (state === 'unknown') return <Status pill kind="ticket" value="unknown" />
  if (state === 'never-deployed' && isDev)
    return <span className="text-xs text-ink-muted">Waiting for a first commit</span>
  return <Status pill kind="environment" value={state} count={behind} />
}

function sinceWords(state: PathEnvironment['state'], tier: Tier): string {
  if (state === 'deploying' || state === 'validating') return 'since'
  if (state === 'failed' || state === 'unknown') return 'ended'
  return tier === 'dev' ? 'from commit' : 'deployed'
}

const triggers: Readonly<Record<Hop, string>> = {
  'dev-test': 'auto on commit',
  'test-uat': 'manual, QA',
  'uat-prod': 'approval, CAB',
}

function GateBetween({ gate, now, zone }: Clock & { gate: PathGate }) {
  const { hop, ticket, windowStart } = gate
  const { source, target } = hopEnds[hop]
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 border-y bg-sunken px-4 py-2 text-xs md:w-36 md:flex-col md:justify-center md:border-x md:border-y-0 md:px-2 md:text-center">
      <span className="sr-only">
        Gate {tierFacts[source].label} to {tierFacts[target].label}:
      </span>
      <GateStatus gate={gate} />
      <span className="text-ink-muted">
        {windowStart && windowStart > now ? <Time at={windowStart} now={now} zone={zone} as="plain" /> : triggers[hop]}
      </span>
      {ticket && (
        <Link href={ticket.href} className="link mono">
          {ticket.number}
        </Link>
      )}
    </li>
  )
}

function GateStatus({ gate: { state, unmet } }: { gate: PathGate }) {
  if (state === 'running') return <Status stacked kind="ticket" value="running" />
  if (state === 'ended') return <Status stacked kind="ticket" value="awaiting-close" />
  return <Status stacked kind="gate" value={state} count={unmet} />
}

import { inReadable, readableProjects } from '@/lib/access/authorise'
import type { Tx } from '@/lib/db/client'
import type { Context } from '@/lib/db/context'
import { type Hop, hops } from '@/lib/environment/hop'
import { isTier, type Tier } from '@/lib/environment/tier'
import { recordSchemas } from '@/lib/gate/records'
import { listReleases, type ReleaseKey } from '@/lib/release/queries'
import { listOpenTickets, type OpenTicket } from '../queries'
import { type EnvironmentState, environmentState, type Place } from '../where/place'
import { findWhere, type Where } from '../where/queries'

export type PathEnvironment = {
  readonly tier: Tier
  readonly workspaceName: string
  readonly dataClass: string
  readonly access: string
  readonly release: { readonly number: string; readonly href: string } | null
  readonly state: EnvironmentState
  /** Releases newer than the one in it. */
  readonly behind: number
  /** Of a failure: why. */
  readonly detail: string | null
  readonly since: Date | null
  readonly items: number | null
}

export type PathGate = {
  readonly hop: Hop
  readonly state: 'open' | 'shut' | 'idle' | 'running' | 'ended'
  readonly unmet: number
  readonly ticket: { readonly number: string; readonly href: string } | null
  /** The confirmed window, where there is one. */
  readonly windowStart: Date | null
}

export type ReleasePlaces = {
  readonly id: string
  readonly number: string
  readonly title: string
  readonly href: string
  readonly createdAt: Date
  readonly places: Readonly<Record<Tier, Place | null>>
}

export type PathView = {
  readonly now: Date
  readonly name: string
  readonly slug: string
  readonly zone: string
  readonly strategy: string
  readonly branch: string | null
  readonly head: string | null
  readonly environments: readonly PathEnvironment[]
  readonly gates: readonly PathGate[]
  /** The open ticket that stands nearest to Prod. */
  readonly primary: { readonly number: string; readonly href: string } | null
  readonly releases: readonly ReleasePlaces[]
  readonly older: ReleaseKey | null
}

type Asked = { readonly after?: ReleaseKey | null; readonly limit?: number }

/** The path of a project: what is in each environment, the gates between, and its releases; null when the actor may not read it. */
export async function getPath(ctx: Context, slug: string, asked: Asked = {}): Promise<PathView | null> {
  const { db, actor } = ctx
  const id = inReadable(await readableProjects(db, actor))
  const project = await db.project.findFirst({ where: { slug, id }, include: { environments: true } })
  if (!project) return null
  const open = await listOpenTickets(ctx, project.id)
  const page = await listReleases(ctx, { projectId: project.id, after: asked.after, limit: asked.limit ?? 10 })
  const releaseIds = page.releases.map(release => release.id)
  const where = await findWhere(db, project.id, releaseIds)
  const items = await itemCounts(db, where)
  const environments = project.environments.flatMap(row =>
    isTier(row.tier) ? [environmentView({ ...row, tier: row.tier }, slug, where, items)] : [],
  )
  const gates = hops.map(hop => gateView(hop, open.tickets))
  return {
    ...{ now: open.now, name: project.name, slug, zone: project.zone, strategy: project.strategy },
    ...{ branch: project.repositoryBranch, head: where.newest?.commit ?? null },
    ...{ environments, gates },
    primary: gates.findLast(gate => gate.ticket !== null)?.ticket ?? null,
    releases: page.releases.map(({ id: releaseId, number, title, createdAt }) => ({
      ...{ id: releaseId, number, title, createdAt, href: releaseHref(slug, number) },
      places: where.placesOf(releaseId, open.tickets),
    })),
    older: page.next,
  }
}

const releaseHref = (slug: string, number: string) => `/projects/${slug}/releases/${number}`

type Row = Pick<PathEnvironment, 'tier' | 'workspaceName' | 'dataClass' | 'access'>

function environmentView(row: Row, slug: string, where: Where, items: ReadonlyMap<string, number>): PathEnvironment {
  const { tier, workspaceName, dataClass, access } = row
  const held = where.heldIn(tier)
  const run = where.lastRunIn(tier)
  const state = environmentState(run, held ? held.newer : null)
  const isFromRun = state !== 'in-step' && state !== 'behind' && run !== null
  return {
    ...{ tier, workspaceName, dataClass, access, state },
    release: held ? { number: held.number, href: releaseHref(slug, held.number) } : null,
    behind: held?.newer ?? 0,
    detail: state === 'failed' || state === 'unknown' ? (run?.message ?? null) : null,
    since: isFromRun ? run.at : (held?.at ?? null),
    items: held ? (items.get(held.snapshotId) ?? 0) : null,
  }
}

function gateView(hop: Hop, tickets: readonly OpenTicket[]): PathGate {
  const found = tickets.find(one => one.facts.hop === hop)
  if (!found) return { hop, state: 'idle', unmet: 0, ticket: null, windowStart: null }
  const { gate, facts, number, href, ticket } = found
  const record = facts.records['deployment-window']
  const isDone = ticket.state === 'ended' && ticket.outcome === 'succeeded'
  return {
    hop,
    state: ticket.state === 'running' ? 'running' : isDone ? 'ended' : gate.open ? 'open' : 'shut',
    unmet: gate.open ? 0 : gate.unmet.length,
    ticket: { number, href },
    windowStart: record ? new Date(recordSchemas['deployment-window'].parse(record.content).start) : null,
  }
}

async function itemCounts(tx: Tx, where: Where): Promise<ReadonlyMap<string, number>> {
  const ids = (['dev', 'test', 'uat', 'prod'] as const).flatMap(tier => where.heldIn(tier)?.snapshotId ?? [])
  const groups = await tx.snapshotItem.groupBy({ by: ['snapshotId'], where: { snapshotId: { in: ids } }, _count: true })
  return new Map(groups.map(group => [group.snapshotId, group._count]))
}

import type { Tx } from '@/lib/db/client'
import { hopEnds } from '@/lib/environment/hop'
import type { Tier } from '@/lib/environment/tier'
import { ticketNumber } from '@/lib/kernel/ticket-number'
import type { OpenTicket } from '../queries'
import { type LastRun, type Place, placeInDev, placeOf } from './place'

type Newest = { readonly id: string; readonly number: string; readonly commit: string; readonly createdAt: Date }
type Held = {
  readonly releaseId: string
  readonly number: string
  readonly snapshotId: string
  readonly at: Date | null
  readonly newer: number
}

/** What is where in a project. */
export type Where = {
  readonly newest: Newest | null
  /** The release in a tier: in Dev the newest one, since Dev is what releases are read from. */
  readonly heldIn: (tier: Tier) => Held | null
  readonly lastRunIn: (tier: Tier) => LastRun | null
  /** Where a release (one of those asked for) stands, tier by tier. */
  readonly placesOf: (releaseId: string, open: readonly OpenTicket[]) => Readonly<Record<Tier, Place | null>>
}

/** Finds what is where, and where the given releases have been, in a bounded number of statements. */
export async function findWhere(tx: Tx, projectId: string, releaseIds: readonly string[]): Promise<Where> {
  const environments = await tx.environment.findMany({ where: { projectId }, select: { id: true, tier: true } })
  const newest = await tx.release.findFirst({
    where: { projectId },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    select: { id: true, number: true, commit: true, createdAt: true, snapshotId: true },
  })
  const held = await heldReleases(tx, projectId)
  const runs = await runsOfReleases(tx, projectId, releaseIds)
  const last = await lastRuns(tx, projectId)
  const idOf = new Map(environments.map(row => [row.tier, row.id]))
  const inDev = newest && {
    ...{ releaseId: newest.id, number: newest.number, snapshotId: newest.snapshotId },
    ...{ at: newest.createdAt, newer: 0 },
  }
  const heldIn = (tier: Tier) => (tier === 'dev' ? inDev : (held.get(idOf.get(tier) ?? '') ?? null))
  const placeIn = (tier: Tier, releaseId: string, open: readonly OpenTicket[]): Place | null => {
    if (!idOf.has(tier)) return null
    if (tier === 'dev') return placeInDev(releaseId === newest?.id)
    const ticket = open.find(one => one.releaseId === releaseId && hopEnds[one.facts.hop].target === tier)
    return placeOf({
      isThere: heldIn(tier)?.releaseId === releaseId,
      run: runs.get(`${releaseId} ${idOf.get(tier)}`) ?? null,
      waiting: ticket ? { unmet: ticket.gate.open ? 0 : ticket.gate.unmet.length, ticket: ticket.number } : null,
    })
  }
  return {
    newest,
    heldIn,
    lastRunIn: tier => last.get(idOf.get(tier) ?? '') ?? null,
    placesOf: (releaseId, open) => ({
      dev: placeIn('dev', releaseId, open),
      test: placeIn('test', releaseId, open),
      uat: placeIn('uat', releaseId, open),
      prod: placeIn('prod', releaseId, open),
    }),
  }
}

async function heldReleases(tx: Tx, projectId: string): Promise<ReadonlyMap<string, Held>> {
  type Row = Omit<Held, 'newer'> & { environmentId: string; newer: bigint }
  const rows = await tx.$queryRaw<Row[]>`SELECT e.id AS "environmentId", d.id AS "releaseId", d.number,
    d.snapshot_id AS "snapshotId", e.deployed_at AS at, (SELECT count(*) FROM release r
      WHERE r.project_id = e.project_id AND (r.created_at, r.id) > (d.created_at, d.id)) AS newer
    FROM environment e JOIN release d ON d.id = e.deployed_release_id WHERE e.project_id = ${projectId}::uuid`
  return new Map(rows.map(({ environmentId, newer, ...row }) => [environmentId, { ...row, newer: Number(newer) }]))
}

type RunRow = {
  readonly environmentId: string
  readonly phase: string
  readonly message: string | null
  readonly at: Date
  readonly number: number
}
const runOf = ({ phase, message, at, number }: RunRow): LastRun => ({
  ...{ phase, message, at },
  ticket: ticketNumber(number),
})

/** The last promotion of each release into each environment, by both ids. */
async function runsOfReleases(tx: Tx, projectId: string, releaseIds: readonly string[]) {
  const rows = await tx.$queryRaw<
    (RunRow & { releaseId: string })[]
  >`SELECT DISTINCT ON (t.release_id, p.environment_id)
    t.release_id AS "releaseId", p.environment_id AS "environmentId", p.phase, p.message, t.number,
    COALESCE(p.ended_at, p.started_at, p.queued_at) AS at FROM ticket t JOIN promotion p ON p.ticket_id = t.id
    WHERE t.project_id = ${projectId}::uuid AND t.release_id = ANY(${releaseIds}::uuid[])
    ORDER BY t.release_id, p.environment_id, p.queued_at DESC`
  return new Map(rows.map(row => [`${row.releaseId} ${row.environmentId}`, runOf(row)]))
}

/** The last promotion into each environment, by its id. */
async function lastRuns(tx: Tx, projectId: string): Promise<ReadonlyMap<string, LastRun>> {
  const rows = await tx.$queryRaw<RunRow[]>`SELECT e.id AS "environmentId", p.phase, p.message, t.number,
    COALESCE(p.ended_at, p.started_at, p.queued_at) AS at FROM environment e CROSS JOIN LATERAL (SELECT * FROM promotion
      WHERE environment_id = e.id ORDER BY queued_at DESC LIMIT 1) p JOIN ticket t ON t.id = p.ticket_id
    WHERE e.project_id = ${projectId}::uuid`
  return new Map(rows.map(row => [row.environmentId, runOf(row)]))
}

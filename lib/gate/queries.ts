import { holdersOfMany, inReadable, readableProjects } from '@/lib/access/authorise'
import { ruleSetDigest } from '@/lib/configuration/configuration'
import { loadConfigurations } from '@/lib/configuration/queries'
import type { Tx } from '@/lib/db/client'
import type { Context } from '@/lib/db/context'
import { clock } from '@/lib/db/transaction'
import { type Hop, hopEnds } from '@/lib/environment/hop'
import { ticketNumber } from '@/lib/kernel/ticket-number'
import { type CriterionId, criteriaOf } from './criteria'
import { conflictsOf, eligibleCounts } from './eligibility'
import { contentOf, recordFact, signOffFact } from './fact-rows'
import type { EvidenceFact, GateFacts } from './facts'
import { evaluateGate, type Gate } from './gate'

const ticketWithAll = {
  hop: true,
  environment: true,
  release: { include: { commits: { select: { sha: true, authorEmail: true } } } },
  signOffs: { orderBy: { givenAt: 'asc' } },
  records: { where: { endedAt: null } },
} as const

export type GateView = { readonly ticketId: string; readonly facts: GateFacts; readonly gate: Gate }

/** The gate of a ticket as a reader sees it; null when there is no such ticket for them. */
export async function getGate(ctx: Context, number: number): Promise<GateView | null> {
  const readable = await readableProjects(ctx.db, ctx.actor)
  const ticket = await ctx.db.ticket.findFirst({
    where: { number, projectId: inReadable(readable) },
    select: { id: true },
  })
  if (!ticket) return null
  const facts = await loadFacts(ctx.db, ticket.id, await clock(ctx.db))
  return { ticketId: ticket.id, facts, gate: evaluateGate(facts) }
}

/** All that the gate of a ticket depends on. Lock the hop first when a decision follows. */
export async function loadFacts(tx: Tx, ticketId: string, now: Date): Promise<GateFacts> {
  const facts = (await loadFactsOfMany(tx, [ticketId], now)).get(ticketId)
  if (!facts) throw new Error(`there is no ticket ${ticketId}`)
  return facts
}

/** The same for several tickets, by their ids, in as many statements as for one. */
export async function loadFactsOfMany(
  tx: Tx,
  ticketIds: readonly string[],
  now: Date,
): Promise<ReadonlyMap<string, GateFacts>> {
  if (ticketIds.length === 0) return new Map()
  const tickets = await tx.ticket.findMany({ where: { id: { in: [...ticketIds] } }, include: ticketWithAll })
  const projectIds = [...new Set(tickets.map(ticket => ticket.projectId))]
  const configurations = await loadConfigurations(tx, projectIds)
  const holdersByProject = await holdersOfMany(tx, projectIds)
  const evidenceOf = await latestEvidence(tx, projectIds, [...new Set(tickets.map(ticket => ticket.release.commit))])
  const arrivedIn = await arrivals(tx, projectIds, [...new Set(tickets.map(ticket => ticket.release.digest))])
  const planOf = await latestPlans(tx, ticketIds)
  const announcementOf = await announcementMails(tx, ticketIds)
  const busyIn = await busyEnvironments(tx, [...new Set(tickets.map(ticket => ticket.environmentId))])
  const facts = tickets.map(ticket => {
    const hop = ticket.hop.hop as Hop
    const { source, target } = hopEnds[hop]
    const { projectId, release } = ticket
    const { variables, rules } = configurations.get(projectId) ?? { variables: [], rules: [] }
    const holders = holdersByProject.get(projectId) ?? []
    const records = Object.fromEntries(ticket.records.map(row => [row.criterion, recordFact(row)]))
    const conflicts = conflictsOf(ticket, release.commits, holders)
    const votes = ticket.signOffs.map(row => signOffFact(row, holders))
    const criteria = criteriaOf(hop)
    const arrived = source === 'dev' ? release.createdAt : arrivedIn(projectId, source, release.digest)
    const own: GateFacts = {
      now,
      hop,
      content: contentOf(ticket, ruleSetDigest(variables, rules, target), records),
      releaseNumber: release.number,
      ticketOpen: ticket.status === 'open',
      arrivedInSource: arrived,
      evidence: Object.fromEntries(
        criteria.flatMap(({ id }) => {
          const evidence = evidenceOf(projectId, release.commit, id)
          return evidence ? [[id, evidence] as const] : []
        }),
      ),
      signOffs: Object.fromEntries(criteria.map(c => [c.id, votes.filter(vote => vote.criterion === c.id)])),
      records,
      announcement: announcementOf(ticket.id),
      conflicts,
      eligible: eligibleCounts(criteria, holders, conflicts),
      plan: planOf(ticket.id),
      busy: busyIn(ticket.environmentId),
    }
    return [ticket.id, own] as const
  })
  return new Map(facts)
}

type EvidenceRow = EvidenceFact & { projectId: string; commit: string; criterion: CriterionId }

async function latestEvidence(tx: Tx, projectIds: readonly string[], commits: readonly string[]) {
  const rows = await tx.$queryRaw<
    EvidenceRow[]
  >`SELECT DISTINCT ON (project_id, commit, criterion) project_id AS "projectId",
    commit, criterion, outcome, summary, link, source, received_at AS "receivedAt" FROM evidence
    WHERE project_id = ANY(${projectIds}::uuid[]) AND commit = ANY(${commits}::text[])
    ORDER BY project_id, commit, criterion, received_at DESC, id DESC`
  const byKey = new Map(
    rows.map(({ projectId, commit, criterion, ...fact }) => [`${projectId} ${commit} ${criterion}`, fact]),
  )
  return (projectId: string, commit: string, criterion: string): EvidenceFact | null =>
    byKey.get(`${projectId} ${commit} ${criterion}`) ?? null
}

/** Dev holds what a release was read from; any other tier has to have run that very digest to success. */
async function arrivals(tx: Tx, projectIds: readonly string[], digests: readonly string[]) {
  type Row = { projectId: string; tier: string; digest: string; at: Date }
  const rows = await tx.$queryRaw<Row[]>`SELECT e.project_id AS "projectId", e.tier, p.release_digest AS digest,
    max(p.ended_at) AS at FROM environment e JOIN promotion p ON p.environment_id = e.id
    WHERE e.project_id = ANY(${projectIds}::uuid[]) AND p.release_digest = ANY(${digests}::text[]) AND p.phase = 'succeeded'
    GROUP BY 1, 2, 3`
  const byKey = new Map(rows.map(row => [`${row.projectId} ${row.tier} ${row.digest}`, row.at]))
  return (projectId: string, tier: string, digest: string): Date | null =>
    byKey.get(`${projectId} ${tier} ${digest}`) ?? null
}

async function latestPlans(tx: Tx, ticketIds: readonly string[]) {
  type Row = { ticketId: string; rules: string; blockers: readonly string[] }
  const rows = await tx.$queryRaw<
    Row[]
  >`SELECT DISTINCT ON (ticket_id) ticket_id AS "ticketId", rule_set_digest AS rules,
    content -> 'blockers' AS blockers FROM plan WHERE ticket_id = ANY(${ticketIds}::uuid[])
    ORDER BY ticket_id, made_at DESC`
  const byTicket = new Map(rows.map(({ ticketId, ...plan }) => [ticketId, plan]))
  return (ticketId: string): GateFacts['plan'] => byTicket.get(ticketId) ?? null
}

async function announcementMails(tx: Tx, ticketIds: readonly string[]) {
  const where = { ticketId: { in: [...ticketIds] }, event: { startsWith: 'announcement' } }
  const groups = await tx.notification.groupBy({ by: ['ticketId', 'state'], where, _count: true })
  return (ticketId: string): GateFacts['announcement'] => {
    const own = groups.filter(group => group.ticketId === ticketId)
    const count = (...states: string[]) =>
      own.filter(group => states.includes(group.state)).reduce((sum, group) => sum + group._count, 0)
    return { sent: count('sent'), waiting: count('pending', 'failed'), failed: count('dead') }
  }
}

async function busyEnvironments(tx: Tx, environmentIds: readonly string[]) {
  const active = await tx.promotion.findMany({
    where: {
      environmentId: { in: [...environmentIds] },
      phase: { in: ['queued', 'running', 'validating', 'unknown'] },
    },
    select: { environmentId: true, queuedAt: true, ticket: { select: { number: true } } },
  })
  return (environmentId: string): GateFacts['busy'] => {
    const own = active.find(one => one.environmentId === environmentId)
    return own ? { ticket: ticketNumber(own.ticket.number), since: own.queuedAt } : null
  }
}

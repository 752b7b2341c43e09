import { holdersOf, inReadable, readableProjects } from '@/lib/access/authorise'
import type { Holder, Role } from '@/lib/access/roles'
import { loadRuleSetDigest } from '@/lib/configuration/queries'
import type { Tx } from '@/lib/db/client'
import type { Context } from '@/lib/db/context'
import { clock } from '@/lib/db/transaction'
import { type Hop, hopEnds } from '@/lib/environment/hop'
import type { Digest } from '@/lib/kernel/digest'
import { ticketNumber } from '@/lib/kernel/ticket-number'
import type { Content } from './covered'
import { type CriterionId, criteriaOf, criterionById } from './criteria'
import { conflictsOf, eligibleCounts } from './eligibility'
import type { EvidenceFact, GateFacts, RecordFact, SignOffFact } from './facts'
import { evaluateGate, type Gate } from './gate'
import { recordSchemas, windowText } from './records'

const ticketWithAll = {
  hop: true,
  environment: true,
  release: { include: { commits: true } },
  signOffs: { orderBy: { givenAt: 'asc' } },
  records: { where: { endedAt: null } },
  plans: { orderBy: { madeAt: 'desc' }, take: 1 },
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

/** All that the gate of a ticket depends on, in a bounded number of statements. Lock the hop first when a decision follows. */
export async function loadFacts(tx: Tx, ticketId: string, now: Date): Promise<GateFacts> {
  const ticket = await tx.ticket.findUniqueOrThrow({ where: { id: ticketId }, include: ticketWithAll })
  const hop = ticket.hop.hop as Hop
  const { source, target } = hopEnds[hop]
  const { projectId, release } = ticket
  const rules = await loadRuleSetDigest(tx, projectId, target)
  const evidence = await latestEvidence(tx, projectId, release.commit, hop)
  const arrived = await arrivedIn(tx, projectId, source, release.digest, release.createdAt)
  const announcement = await announcementMails(tx, ticketId)
  const holders = await holdersOf(tx, projectId)
  const busy = await busyEnvironment(tx, ticket.environmentId)
  const records = Object.fromEntries(ticket.records.map(row => [row.criterion, recordFact(row)]))
  const conflicts = conflictsOf(ticket, ticket.release.commits, holders)
  const content = contentOf(ticket, rules, records)
  const votes = ticket.signOffs.map(row => signOffFact(row, holders))
  const signOffs = Object.fromEntries(criteriaOf(hop).map(c => [c.id, votes.filter(vote => vote.criterion === c.id)]))
  const plan = ticket.plans[0]
  const blockers = plan ? (plan.content as { blockers: string[] }).blockers : []
  return {
    now,
    hop,
    content,
    releaseNumber: ticket.release.number,
    ticketOpen: ticket.status === 'open',
    arrivedInSource: arrived,
    evidence,
    signOffs,
    records,
    announcement,
    conflicts,
    eligible: eligibleCounts(criteriaOf(hop), holders, conflicts),
    plan: plan ? { rules: plan.ruleSetDigest, blockers } : null,
    busy,
  }
}

type Parts = { release: { digest: string }; environment: { workspaceId: string } }

function contentOf(ticket: Parts, rules: Digest, records: Record<string, RecordFact>): Content {
  const window = records['deployment-window']
  const parsed = window ? recordSchemas['deployment-window'].parse(window.content) : null
  return {
    release: ticket.release.digest as Digest,
    rules,
    target: ticket.environment.workspaceId,
    window: windowText(parsed),
  }
}

async function latestEvidence(tx: Tx, projectId: string, commit: string, hop: Hop) {
  const ids = criteriaOf(hop)
    .filter(c => c.kind === 'evidence')
    .map(c => c.id)
  const rows = await tx.evidence.findMany({
    where: { projectId, commit, criterion: { in: ids } },
    distinct: ['criterion'],
    orderBy: [{ criterion: 'asc' }, { receivedAt: 'desc' }, { id: 'desc' }],
  })
  const facts = rows.map(({ criterion, outcome, ...row }) => [criterion, { ...row, outcome } as EvidenceFact] as const)
  return Object.fromEntries(facts) as Partial<Record<CriterionId, EvidenceFact>>
}

/** Dev holds what the release was read from; any other tier has to have run this very digest to success. */
async function arrivedIn(tx: Tx, projectId: string, tier: string, digest: string, readAt: Date): Promise<Date | null> {
  if (tier === 'dev') return readAt
  const promotion = await tx.promotion.findFirst({
    where: { releaseDigest: digest, phase: 'succeeded', environment: { projectId, tier } },
    orderBy: { endedAt: 'desc' },
    select: { endedAt: true },
  })
  return promotion?.endedAt ?? null
}

async function announcementMails(tx: Tx, ticketId: string): Promise<GateFacts['announcement']> {
  const where = { ticketId, event: { startsWith: 'announcement' } }
  const groups = await tx.notification.groupBy({ by: ['state'], where, _count: true })
  const count = (...states: string[]) =>
    groups.filter(g => states.includes(g.state)).reduce((sum, g) => sum + g._count, 0)
  return { sent: count('sent'), waiting: count('pending', 'failed'), failed: count('dead') }
}

async function busyEnvironment(tx: Tx, environmentId: string): Promise<GateFacts['busy']> {
  const active = await tx.promotion.findFirst({
    where: { environmentId, phase: { in: ['queued', 'running', 'validating', 'unknown'] } },
    include: { ticket: { select: { number: true } } },
  })
  return active ? { ticket: ticketNumber(active.ticket.number), since: active.queuedAt } : null
}

type RecordRow = { content: unknown; madeBy: string; madeAt: Date }
const recordFact = ({ content, madeBy, madeAt }: RecordRow): RecordFact => ({ content, madeBy, madeAt })

type SignOffRow = Omit<SignOffFact, 'holdsRole' | 'covered' | 'verdict' | 'role'> & {
  criterion: string
  verdict: string
  role: string
  covered: unknown
}

function signOffFact(row: SignOffRow, holders: readonly Holder[]): SignOffFact & { criterion: string } {
  const wanted = criterionById(row.criterion)?.roles ?? []
  const held = holders.find(holder => holder.userId === row.userId)?.roles ?? []
  return {
    ...row,
    verdict: row.verdict as 'yes' | 'no',
    role: row.role as Role,
    covered: row.covered as Partial<Content>,
    holdsRole: held.some(role => wanted.includes(role)),
  }
}

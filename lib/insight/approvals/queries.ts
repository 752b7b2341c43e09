import type { Tx } from '@/lib/db/client'
import type { Context } from '@/lib/db/context'
import { type Hop, hopEnds } from '@/lib/environment/hop'
import { tierFacts } from '@/lib/environment/tier'
import { changedSince } from '@/lib/gate/covered'
import { type Criterion, type CriterionId, criteriaOf, criterionById } from '@/lib/gate/criteria'
import { ticketNumber } from '@/lib/kernel/ticket-number'
import { type AskView, asksFor } from '../home/queries'
import { deploymentName } from '../needs-you'
import { listOpenTickets, type OpenTicket, type OpenTickets } from '../queries'

/** What a voter weighs: how much changes, and how the last runs into that environment ended. */
export type RiskFacts = {
  readonly creates: number
  readonly updates: number
  readonly lastRuns: readonly string[]
}

export type RoundView = {
  readonly ticket: string
  readonly href: string
  readonly title: string
  readonly criterion: string
  readonly from: string
  readonly state: 'asked' | 'approved' | 'refused' | 'void'
  readonly sentence: string
  readonly yes: number
  readonly quorum: number
  readonly voters: readonly string[]
}

export type DecidedView = {
  readonly id: string
  readonly ticket: string
  readonly href: string
  readonly title: string
  readonly criterion: string
  readonly state: 'approved' | 'refused' | 'void' | 'withdrawn'
  readonly statement: string
  readonly at: Date
  readonly because: string | null
  readonly zone: string
}

export type ApprovalsView = {
  readonly now: Date
  readonly mine: readonly (AskView & { readonly risk: RiskFacts | null })[]
  readonly rounds: readonly RoundView[]
  readonly decided: readonly DecidedView[]
  /** Where the older decisions begin. */
  readonly older: string | null
}

const decidedShown = 20

/** What awaits the person's vote or sign-off, what they have decided (before the given decision), and every open round they may read. */
export async function getApprovals(
  ctx: Context,
  before: string | null = null,
  known?: OpenTickets,
): Promise<ApprovalsView> {
  const open = known ?? (await listOpenTickets(ctx))
  const asks = asksFor(ctx, open).filter(ask => ask.group === 'approve' || ask.group === 'sign-off')
  const riskOf = await risks(ctx.db, open.tickets)
  const decided = await listDecided(ctx, before)
  return {
    now: open.now,
    mine: asks.map(ask => ({ ...ask, risk: riskOf(ask.ticket) })),
    rounds: open.tickets.filter(one => one.ticket.state === 'waiting').flatMap(roundsOf),
    decided: decided.slice(0, decidedShown),
    older: decided.length > decidedShown ? (decided[decidedShown - 1]?.id ?? null) : null,
  }
}

function roundsOf(ticket: OpenTicket): readonly RoundView[] {
  return criteriaOf(ticket.facts.hop)
    .filter(({ kind }) => kind === 'sign-off' || kind === 'approval')
    .flatMap(criterion => {
      const round = roundOf(ticket, criterion)
      return round ? [round] : []
    })
}

function roundOf(
  { facts, gate, number, href, project }: OpenTicket,
  criterion: Criterion & { readonly id: CriterionId },
): RoundView | null {
  const verdict = gate.verdicts.find(one => one.id === criterion.id)
  if (!verdict) return null
  const standing = (facts.signOffs[criterion.id] ?? []).filter(
    vote => vote.endedAt === null && vote.verdict === 'yes' && changedSince(vote.covered, facts.content) === null,
  )
  const because = verdict.because
  return {
    ...{ ticket: number, href: `${href}#gate`, criterion: criterion.label, sentence: verdict.sentence },
    title: deploymentName(project, facts.releaseNumber, facts.hop),
    from: tierFacts[hopEnds[facts.hop].source].label,
    state: verdict.met ? 'approved' : because === 'refused' || because === 'void' ? because : 'asked',
    yes: standing.length,
    quorum: criterion.quorum ?? 1,
    voters: standing.map(vote => vote.userName),
  }
}

async function risks(tx: Tx, tickets: readonly OpenTicket[]): Promise<(ticket: string) => RiskFacts | null> {
  type Row = { ticketId: string; creates: bigint; updates: bigint; runs: string[] | null }
  const ids = tickets.map(ticket => ticket.id)
  const rows = await tx.$queryRaw<Row[]>`SELECT t.id AS "ticketId", p.creates, p.updates,
    (SELECT array_agg(phase ORDER BY queued_at DESC) FROM (SELECT phase, queued_at FROM promotion
      WHERE environment_id = t.environment_id ORDER BY queued_at DESC LIMIT 5) last) AS runs
    FROM ticket t CROSS JOIN LATERAL (SELECT
        (SELECT count(*) FROM jsonb_array_elements(plan.content -> 'items') i WHERE i ->> 'action' = 'create') AS creates,
        (SELECT count(*) FROM jsonb_array_elements(plan.content -> 'items') i WHERE i ->> 'action' = 'update') AS updates
      FROM plan WHERE plan.ticket_id = t.id ORDER BY made_at DESC LIMIT 1) p
    WHERE t.id = ANY(${ids}::uuid[])`
  const numberOf = new Map(tickets.map(ticket => [ticket.id, ticket.number]))
  const byNumber = new Map(
    rows.map(({ ticketId, creates, updates, runs }) => [
      numberOf.get(ticketId),
      { creates: Number(creates), updates: Number(updates), lastRuns: runs ?? [] },
    ]),
  )
  return ticket => byNumber.get(ticket) ?? null
}

async function listDecided({ actor, db }: Context, before: string | null): Promise<readonly DecidedView[]> {
  if (actor.kind !== 'person') return []
  const rows = await db.signOff.findMany({
    where: { userId: actor.id, ...(before ? { id: { lt: before } } : {}) },
    orderBy: { id: 'desc' },
    take: decidedShown + 1,
    include: {
      ticket: {
        select: {
          number: true,
          hop: { select: { hop: true } },
          project: { select: { name: true, zone: true } },
          release: { select: { number: true } },
        },
      },
    },
  })
  return rows.map(({ id, ticket, criterion, verdict, statement, givenAt, endedAt, endedBecause }) => ({
    ...{ id, statement, at: givenAt, because: endedBecause, zone: ticket.project.zone },
    ticket: ticketNumber(ticket.number),
    href: `/tickets/${ticketNumber(ticket.number)}`,
    title: deploymentName(ticket.project.name, ticket.release.number, ticket.hop.hop as Hop),
    criterion: criterionById(criterion)?.label ?? criterion,
    state: stateOf(verdict, endedAt, endedBecause),
  }))
}

function stateOf(verdict: string, endedAt: Date | null, because: string | null): DecidedView['state'] {
  if (endedAt === null) return verdict === 'yes' ? 'approved' : 'refused'
  return because === 'withdrawn' || because === 'replaced' ? 'withdrawn' : 'void'
}

import { holdersOf, inReadable, readableProjects } from '@/lib/access/authorise'
import type { Holder } from '@/lib/access/roles'
import type { Context } from '@/lib/db/context'
import { clock } from '@/lib/db/transaction'
import { type Hop, hopEnds } from '@/lib/environment/hop'
import { type Tier, tierFacts } from '@/lib/environment/tier'
import { evaluateGate, gateName, opensByItselfAt } from '@/lib/gate/gate'
import { loadFacts } from '@/lib/gate/queries'
import { type DeploymentWindow, recordSchemas } from '@/lib/gate/records'
import { ticketNumber } from '@/lib/kernel/ticket-number'
import { gatePanel, type PanelRow, type Viewer, verdictsThen } from './gate-panel'
import { type Can, whatCan } from './promotable'
import { ticketFrom } from './ticket'
import { activePhases, type TicketStatus, ticketStatus } from './ticket-status'
import { type StepView, stepsOf } from './ticket-steps'

export type End = { readonly tier: Tier; readonly label: string }
export type TicketView = {
  readonly id: string
  readonly number: string
  readonly title: string
  readonly status: TicketStatus
  readonly now: Date
  readonly project: { readonly slug: string; readonly name: string; readonly zone: string; readonly strategy: string }
  readonly hop: Hop
  readonly from: End & { readonly workspaceName: string | null }
  readonly to: End & { readonly workspaceName: string }
  readonly release: {
    readonly number: string
    readonly title: string
    readonly digest: string
    readonly commit: string
    readonly notes: string
  }
  readonly requestedBy: string
  readonly openedAt: Date
  readonly closedAt: Date | null
  readonly window: DeploymentWindow | null
  readonly steps: readonly StepView[]
  readonly gate: {
    readonly name: string
    readonly open: boolean
    readonly rows: readonly PanelRow[]
    readonly opensAt: Date | null
    /** Who opened it for the promotion that ran, or runs; the rows are then as they were decided. */
    readonly decided: { readonly by: string; readonly at: Date } | null
  }
  readonly can: Can
  /** Everybody with a role in the project: who is told is worked out from them. */
  readonly holders: readonly Holder[]
}

/** A ticket with its gate, its tasks and what the viewer may do; null when there is none of that number for them. */
export async function getTicket({ actor, db }: Context, number: number): Promise<TicketView | null> {
  const readable = await readableProjects(db, actor)
  const row = await db.ticket.findFirst({
    where: { number, projectId: inReadable(readable) },
    include: {
      hop: true,
      environment: true,
      project: { include: { environments: { select: { tier: true, workspaceName: true } } } },
      release: { select: { number: true, title: true, digest: true, commit: true, notes: true } },
      tasks: true,
      promotions: { orderBy: { queuedAt: 'desc' }, take: 1, select: { phase: true, gateDecision: true } },
    },
  })
  if (!row) return null
  const now = await clock(db)
  const [facts, holders] = await Promise.all([loadFacts(db, row.id, now), holdersOf(db, row.projectId)])
  const gate = evaluateGate(facts)
  const viewer = viewerOf(actor, holders)
  const [promotion] = row.promotions
  const phase = promotion?.phase ?? null
  const ticket = ticketFrom({ ...row, running: activePhases.some(active => active === phase) })
  const hop = row.hop.hop as Hop
  const { source, target } = hopEnds[hop]
  const window = facts.records['deployment-window']
  const can = whatCan({ ticket, hop, gate, holders, viewer })
  const decision = can.promote ? null : (promotion?.gateDecision ?? null)
  const shown = { open: gate.open, verdicts: can.promote ? gate.verdicts : verdictsThen(gate.verdicts, decision) }
  const { slug, name, zone, strategy, environments } = row.project
  return {
    id: row.id,
    number: ticketNumber(row.number),
    title: row.title,
    status: ticketStatus({ ...row, phase }, gate),
    now,
    project: { slug, name, zone, strategy },
    hop,
    from: { ...end(source), workspaceName: environments.find(one => one.tier === source)?.workspaceName ?? null },
    to: { ...end(target), workspaceName: row.environment.workspaceName },
    release: row.release,
    requestedBy: row.requestedBy,
    openedAt: row.createdAt,
    closedAt: row.closedAt,
    window: window ? recordSchemas['deployment-window'].parse(window.content) : null,
    steps: stepsOf(row),
    gate: {
      name: gateName(hop),
      open: gate.open,
      rows: gatePanel(facts, shown, holders, can.promote ? viewer : null),
      opensAt: can.promote ? opensByItselfAt(gate) : null,
      decided: decision && { by: decision.decidedBy, at: decision.decidedAt },
    },
    can,
    holders,
  }
}

const end = (tier: Tier): End => ({ tier, label: tierFacts[tier].label })

function viewerOf(actor: Context['actor'], holders: readonly Holder[]): Viewer {
  if (actor.kind !== 'person') return null
  return holders.find(holder => holder.userId === actor.id) ?? { userId: actor.id, roles: [] }
}

export type TicketRow = {
  readonly number: string
  readonly title: string
  readonly status: TicketStatus
  readonly project: string
  readonly from: End
  readonly to: End
  readonly release: { readonly number: string; readonly href: string }
  readonly requestedBy: string
  readonly openedAt: Date
  readonly zone: string
}
export type TicketsAsked = {
  readonly project?: string | undefined
  readonly status?: 'open' | 'closed' | 'cancelled' | undefined
  readonly hop?: Hop | undefined
  readonly before?: TicketKey | null
  readonly after?: TicketKey | null
  readonly limit: number
}
/** The place of a ticket in the list: newest first, by the instant and then the id. */
export type TicketKey = { readonly createdAt: Date; readonly id: string }
export type TicketList = {
  readonly rows: readonly TicketRow[]
  readonly newer: TicketKey | null
  readonly older: TicketKey | null
  /** Counted up to `mostCounted`. */
  readonly total: number
  readonly projects: readonly { readonly slug: string; readonly name: string }[]
  readonly now: Date
}

export const mostCounted = 1_000

/** A page of the tickets that the actor may read, newest first. */
export async function listTickets({ actor, db }: Context, asked: TicketsAsked): Promise<TicketList> {
  const readable = inReadable(await readableProjects(db, actor))
  const projects = await db.project.findMany({
    where: { id: readable },
    select: { id: true, slug: true, name: true },
    orderBy: { name: 'asc' },
    take: 200,
  })
  const chosen = asked.project ? (projects.find(project => project.slug === asked.project)?.id ?? null) : undefined
  if (chosen === null) return { rows: [], newer: null, older: null, total: 0, projects, now: await clock(db) }
  const where = {
    projectId: chosen ?? readable,
    ...(asked.status && { status: asked.status }),
    ...(asked.hop && { hop: { hop: asked.hop } }),
  }
  const direction = asked.after ? 'asc' : 'desc'
  const found = await db.ticket.findMany({
    where: { AND: [where, beyond(asked.before, 'lt'), beyond(asked.after, 'gt')] },
    orderBy: [{ createdAt: direction }, { id: direction }],
    take: asked.limit + 1,
    include: {
      hop: { select: { hop: true } },
      project: { select: { slug: true, name: true, zone: true } },
      release: { select: { number: true } },
      promotions: { orderBy: { queuedAt: 'desc' }, take: 1, select: { phase: true } },
    },
  })
  const total = await db.ticket.count({ where, take: mostCounted + 1 })
  const page = asked.after ? found.slice(0, asked.limit).reverse() : found.slice(0, asked.limit)
  const more = found.length > asked.limit
  const [first, last] = [page.at(0), page.at(-1)]
  return {
    rows: page.map(rowOf),
    newer: first && (asked.after ? more : Boolean(asked.before)) ? keyOf(first) : null,
    older: last && (asked.after ? true : more) ? keyOf(last) : null,
    total,
    projects,
    now: await clock(db),
  }
}

const keyOf = ({ createdAt, id }: TicketKey): TicketKey => ({ createdAt, id })

function beyond(key: TicketKey | null | undefined, than: 'lt' | 'gt') {
  if (!key) return {}
  const orSame = than === 'lt' ? { lte: key.createdAt } : { gte: key.createdAt }
  const rest = [{ createdAt: { [than]: key.createdAt } }, { createdAt: key.createdAt, id: { [than]: key.id } }]
  return { createdAt: orSame, OR: rest }
}

type Listed = TicketKey & {
  readonly number: number
  readonly title: string
  readonly status: string
  readonly outcome: string | null
  readonly requestedBy: string
  readonly hop: { readonly hop: string }
  readonly project: { readonly slug: string; readonly name: string; readonly zone: string }
  readonly release: { readonly number: string }
  readonly promotions: readonly { readonly phase: string }[]
}

function rowOf(ticket: Listed): TicketRow {
  const { source, target } = hopEnds[ticket.hop.hop as Hop]
  const { slug, name, zone } = ticket.project
  return {
    number: ticketNumber(ticket.number),
    title: ticket.title,
    status: ticketStatus({ ...ticket, phase: ticket.promotions[0]?.phase ?? null }, null),
    project: name,
    from: end(source),
    to: end(target),
    release: { number: ticket.release.number, href: `/projects/${slug}/releases/${ticket.release.number}` },
    requestedBy: ticket.requestedBy,
    openedAt: ticket.createdAt,
    zone,
  }
}

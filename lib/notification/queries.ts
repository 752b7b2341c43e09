import { holdersOf, inReadable, readableProjects } from '@/lib/access/authorise'
import type { Holder } from '@/lib/access/roles'
import type { Tx } from '@/lib/db/client'
import type { Context } from '@/lib/db/context'
import { type Hop, hopEnds } from '@/lib/environment/hop'
import { tierFacts } from '@/lib/environment/tier'
import { criterionById } from '@/lib/gate/criteria'
import { conflictsOf } from '@/lib/gate/eligibility'
import { evaluateGate } from '@/lib/gate/gate'
import { loadFacts } from '@/lib/gate/queries'
import { recordSchemas } from '@/lib/gate/records'
import { ticketNumber } from '@/lib/kernel/ticket-number'
import type { TicketEventName } from '@/lib/queue/workflows'
import { eventOf, eventWords } from './event'
import type { Ending, Story, Told } from './story'

const ticketWithAll = {
  hop: true,
  environment: true,
  project: { include: { environments: true } },
  release: { include: { commits: true } },
} as const

/** A ticket's event as mails tell it, and everybody who holds a role in its project. Null when the event has no row behind it. */
export async function loadStory(
  tx: Tx,
  input: { readonly ticketId: string; readonly event: TicketEventName; readonly baseUrl: string; readonly now: Date },
): Promise<{ story: Story; holders: readonly Holder[] } | null> {
  const ticket = await tx.ticket.findUniqueOrThrow({ where: { id: input.ticketId }, include: ticketWithAll })
  const { project, release } = ticket
  const holders = await holdersOf(tx, ticket.projectId)
  const told = await loadTold(tx, input, { ...ticket, commits: release.commits }, holders)
  if (!told) return null
  const hop = ticket.hop.hop as Hop
  const { source, target } = hopEnds[hop]
  const from = project.environments.find(one => one.tier === source)?.workspaceName
  const number = ticketNumber(ticket.number)
  const story: Story = {
    number,
    hop,
    project: project.name,
    zone: project.zone,
    release: { number: release.number, title: release.title },
    requestedBy: ticket.requestedBy,
    from: from ? `${tierFacts[source].label} (${from})` : tierFacts[source].label,
    to: `${tierFacts[target].label} (${ticket.environment.workspaceName})`,
    link: new URL(`/tickets/${number}`, input.baseUrl).href,
    told,
  }
  return { story, holders }
}

type Ticket = Parameters<typeof conflictsOf>[0] & {
  readonly id: string
  readonly commits: Parameters<typeof conflictsOf>[1]
}
type Asked = { readonly event: TicketEventName; readonly now: Date }

async function loadTold(tx: Tx, asked: Asked, ticket: Ticket, holders: readonly Holder[]): Promise<Told | null> {
  const event = eventOf(asked.event)
  switch (event.kind) {
    case 'ticket-created': {
      const gate = evaluateGate(await loadFacts(tx, ticket.id, asked.now))
      const open = gate.open ? [] : gate.unmet.flatMap(one => criterionById(one.id)?.id ?? [])
      return { kind: event.kind, open, barred: conflictsOf(ticket, ticket.commits, holders).map(one => one.userId) }
    }
    case 'ticket-cancelled': {
      const entry = await latestEntry(tx, ticket.id, 'ticket.cancelled')
      return { kind: event.kind, by: entry?.actor ?? 'The portal', because: String(entry?.details.because ?? '') }
    }
    case 'ticket-closed': {
      const entry = await latestEntry(tx, ticket.id, 'ticket.closed')
      const last = await tx.promotion.findFirst({ where: { ticketId: ticket.id }, orderBy: { queuedAt: 'desc' } })
      return { kind: event.kind, by: entry?.actor ?? 'The portal', deployedAt: last?.endedAt ?? null }
    }
    case 'announcement':
      return loadAnnouncement(tx, ticket.id, event.recordId)
    default:
      return loadStage(tx, event)
  }
}

async function latestEntry(tx: Tx, ticketId: string, action: string) {
  const entry = await tx.auditEntry.findFirst({ where: { ticketId, action }, orderBy: { sequence: 'desc' } })
  return entry && { actor: entry.actor, details: JSON.parse(entry.text).details as Record<string, unknown> }
}

async function loadStage(
  tx: Tx,
  { kind, promotionId }: { kind: 'stage-started' | 'stage-ended'; promotionId: string },
): Promise<Told | null> {
  const promotion = await tx.promotion.findUnique({
    where: { id: promotionId },
    include: { validations: { select: { status: true } }, plan: true },
  })
  if (!promotion) return null
  if (kind === 'stage-started') {
    const { items } = promotion.plan.content as { items?: { action: string }[] }
    const writes = items ? items.filter(one => one.action === 'create' || one.action === 'update').length : null
    return { kind, by: promotion.startedBy, at: promotion.startedAt ?? promotion.queuedAt, writes }
  }
  const ran = promotion.validations.filter(one => one.status === 'passed' || one.status === 'failed')
  return {
    kind,
    ending: promotion.phase as Ending,
    message: promotion.message,
    at: promotion.endedAt ?? promotion.queuedAt,
    passed: ran.filter(one => one.status === 'passed').length,
    checks: ran.length,
  }
}

async function loadAnnouncement(tx: Tx, ticketId: string, recordId: string): Promise<Told | null> {
  const records = await tx.record.findMany({
    where: { ticketId, OR: [{ id: recordId }, { endedAt: null, criterion: { in: ['deployment-window', 'on-call'] } }] },
  })
  const made = records.find(one => one.id === recordId)
  if (!made) return null
  const of = (criterion: string) => records.find(one => one.criterion === criterion && one.endedAt === null)?.content
  const window = recordSchemas['deployment-window'].safeParse(of('deployment-window')).data
  const onCall = recordSchemas['on-call'].safeParse(of('on-call')).data
  return {
    kind: 'announcement',
    by: made.madeBy,
    ...recordSchemas.communication.parse(made.content),
    window: window ? { start: new Date(window.start), end: new Date(window.end), zone: window.zone } : null,
    onCall: onCall ?? null,
  }
}

export type NotificationState = 'pending' | 'sent' | 'failed' | 'dead'
export type NotificationView = {
  readonly id: string
  /** "Promotion started" */
  readonly event: string
  readonly eventName: string
  readonly recipient: string
  readonly subject: string
  readonly state: NotificationState
  readonly attempts: number
  readonly problem: string | null
  readonly queuedAt: Date
  readonly sentAt: Date | null
}

/** What was sent about a ticket, newest first, for whoever may read its project; what did not arrive says why. */
export async function listNotifications(ctx: Context, ticketId: string): Promise<readonly NotificationView[]> {
  const readable = await readableProjects(ctx.db, ctx.actor)
  const ticket = await ctx.db.ticket.findFirst({ where: { id: ticketId, projectId: inReadable(readable) } })
  if (!ticket) return []
  const rows = await ctx.db.notification.findMany({
    where: { ticketId },
    orderBy: [{ queuedAt: 'desc' }, { recipient: 'asc' }],
    omit: { text: true },
    take: 500,
  })
  return rows.map(({ event, state, ...row }) => ({
    ...row,
    event: eventWords(event),
    eventName: event,
    state: state as NotificationState,
  }))
}

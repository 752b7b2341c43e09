import { inReadable, readableProjects } from '@/lib/access/authorise'
import type { Context } from '@/lib/db/context'
import type { Hop } from '@/lib/environment/hop'
import { type DeploymentWindow, recordSchemas } from '@/lib/gate/records'
import { ticketNumber } from '@/lib/kernel/ticket-number'
import { type Ask, asksOf, byUrgency, deploymentName } from '../needs-you'
import { listOpenTickets, type OpenTicket, type OpenTickets } from '../queries'

export type AskView = Ask & {
  readonly ticket: string
  readonly href: string
  readonly project: string
  readonly zone: string
}

export type RunView = {
  readonly id: string
  readonly title: string
  readonly href: string
  readonly phase: string
  readonly message: string | null
  readonly at: Date
  readonly zone: string
}

export type HomeView = {
  readonly now: Date
  readonly asks: readonly AskView[]
  readonly running: readonly RunView[]
  readonly recent: readonly RunView[]
  readonly comingUp: readonly {
    readonly href: string
    readonly title: string
    readonly start: Date
    readonly zone: string
  }[]
  readonly hasMore: boolean
}

/** What waits for the person now, most urgent first, and what goes on around it; `known` when the open tickets are already read. */
export async function getHome(ctx: Context, known?: OpenTickets): Promise<HomeView> {
  const open = known ?? (await listOpenTickets(ctx))
  return {
    now: open.now,
    asks: asksFor(ctx, open),
    running: open.tickets.flatMap(runningView),
    recent: await listRecent(ctx),
    comingUp: open.tickets
      .flatMap(ticket => upcoming(ticket, open.now))
      .sort((a, b) => a.start.getTime() - b.start.getTime())
      .slice(0, 6),
    hasMore: open.hasMore,
  }
}

/** What the open tickets ask of the person who looks, most urgent first. */
export function asksFor({ actor }: Context, { tickets, rolesIn }: OpenTickets): readonly AskView[] {
  if (actor.kind !== 'person') return []
  return tickets
    .flatMap(ticket =>
      asksOf(ticket, { userId: actor.id, email: actor.email, roles: rolesIn(ticket.projectId) }).map(ask => ({
        ...ask,
        ticket: ticket.number,
        href: `${ticket.href}${ask.at}`,
        project: ticket.project,
        zone: ticket.zone,
      })),
    )
    .sort(byUrgency)
}

function runningView({ id, href, zone, ticket, lastRun, project, facts }: OpenTicket): readonly RunView[] {
  if (ticket.state !== 'running' || !lastRun || lastRun.phase === 'unknown') return []
  const title = deploymentName(project, facts.releaseNumber, facts.hop)
  return [{ id, title, href: `${href}#run`, zone, ...lastRun }]
}

function upcoming({ href, zone, project, facts }: OpenTicket, now: Date) {
  const record = facts.records['deployment-window']
  if (!record) return []
  const window: DeploymentWindow = recordSchemas['deployment-window'].parse(record.content)
  if (new Date(window.end) <= now) return []
  const title = deploymentName(project, facts.releaseNumber, facts.hop)
  return [{ href, title, start: new Date(window.start), zone }]
}

const ended = ['succeeded', 'failed', 'errored', 'partial', 'cancelled']

/** The last ended promotions in the projects that the actor may read. */
async function listRecent({ actor, db }: Context): Promise<readonly RunView[]> {
  const projectId = inReadable(await readableProjects(db, actor))
  const rows = await db.promotion.findMany({
    where: { phase: { in: ended }, environment: { projectId } },
    orderBy: { id: 'desc' },
    take: 8,
    select: {
      id: true,
      phase: true,
      message: true,
      queuedAt: true,
      endedAt: true,
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
  return rows
    .map(({ id, phase, message, queuedAt, endedAt, ticket }) => ({
      ...{ id, phase, message, at: endedAt ?? queuedAt, zone: ticket.project.zone },
      title: deploymentName(ticket.project.name, ticket.release.number, ticket.hop.hop as Hop),
      href: `/tickets/${ticketNumber(ticket.number)}`,
    }))
    .sort((a, b) => b.at.getTime() - a.at.getTime())
}

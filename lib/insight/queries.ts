import { inReadable, readableProjects, rolesByProject } from '@/lib/access/authorise'
import type { Role } from '@/lib/access/roles'
import type { Tx } from '@/lib/db/client'
import type { Context } from '@/lib/db/context'
import { clock } from '@/lib/db/transaction'
import { evaluateGate } from '@/lib/gate/gate'
import { loadFactsOfMany } from '@/lib/gate/queries'
import { ticketNumber } from '@/lib/kernel/ticket-number'
import { ticketFrom } from '@/lib/ticket/ticket'
import type { Waiting } from './needs-you'

/** An open ticket with its gate, as every overview shows it. */
export type OpenTicket = Waiting & {
  readonly id: string
  /** `CHG-0001` */
  readonly number: string
  readonly href: string
  readonly title: string
  readonly projectId: string
  readonly slug: string
  readonly zone: string
  readonly releaseId: string
}

export type OpenTickets = {
  readonly now: Date
  readonly tickets: readonly OpenTicket[]
  /** Older ones were left out. */
  readonly hasMore: boolean
  readonly rolesIn: (projectId: string) => readonly Role[]
}

const lookedAt = 100
const active = ['queued', 'running', 'validating', 'unknown']

/** The open tickets that the actor may read, newest first, each with its gate; as many statements for one as for a hundred. */
export async function listOpenTickets(ctx: Context, projectId?: string): Promise<OpenTickets> {
  const { actor, db } = ctx
  const readable = await readableProjects(db, actor)
  const now = await clock(db)
  const rows = await db.ticket.findMany({
    where: { AND: [{ status: 'open', projectId: inReadable(readable) }, projectId ? { projectId } : {}] },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: lookedAt + 1,
    include: {
      project: { select: { name: true, slug: true, zone: true } },
      release: { select: { commits: { select: { authorEmail: true } } } },
    },
  })
  const shown = rows.slice(0, lookedAt)
  const ids = shown.map(row => row.id)
  const factsOf = await loadFactsOfMany(db, ids, now)
  const runOf = await lastRuns(db, ids)
  const tickets = shown.flatMap(row => {
    const facts = factsOf.get(row.id)
    if (!facts) return []
    const lastRun = runOf.get(row.id) ?? null
    const number = ticketNumber(row.number)
    const own: OpenTicket = {
      ...{ id: row.id, number, href: `/tickets/${number}`, title: row.title, createdAt: row.createdAt },
      ...{ project: row.project.name, projectId: row.projectId, slug: row.project.slug, zone: row.project.zone },
      releaseId: row.releaseId,
      ticket: ticketFrom({ ...row, running: lastRun !== null && active.includes(lastRun.phase) }),
      authorEmails: row.release.commits.map(commit => commit.authorEmail),
      lastRun,
      facts,
      gate: evaluateGate(facts),
    }
    return [own]
  })
  const rolesIn = actor.kind === 'person' ? await rolesByProject(db, actor.id) : () => []
  return { now, tickets, hasMore: rows.length > lookedAt, rolesIn }
}

async function lastRuns(tx: Tx, ticketIds: readonly string[]) {
  type Row = { ticketId: string; phase: string; message: string | null; at: Date }
  const rows = await tx.$queryRaw<Row[]>`SELECT DISTINCT ON (ticket_id) ticket_id AS "ticketId", phase, message,
    COALESCE(ended_at, started_at, queued_at) AS at FROM promotion WHERE ticket_id = ANY(${ticketIds}::uuid[])
    ORDER BY ticket_id, queued_at DESC`
  return new Map(rows.map(({ ticketId, ...run }) => [ticketId, run]))
}

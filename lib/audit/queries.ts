import { inReadable, projectsOf, readableProjects, rightsOf } from '@/lib/access/authorise'
import { abilities, namesOf, type Role } from '@/lib/access/roles'
import type { Prisma, Tx } from '@/lib/db/client'
import type { Context } from '@/lib/db/context'
import type { Actor } from '@/lib/kernel/context'
import { ok, type Result, refuse } from '@/lib/kernel/result'
import { ticketNumber } from '@/lib/kernel/ticket-number'
import { type AuditAction, auditActions } from './actions'
import { type AuditTone, isMinor, toneOf } from './kinds'
import { parseAuditText, quotation, sentence } from './sentence'
import type { ChainRow } from './verify'

export type AuditLine = {
  readonly sequence: number
  readonly at: Date
  readonly actor: string
  readonly action: AuditAction
  readonly sentence: string
  readonly quotation: string | null
  readonly tone: AuditTone
  /** A step of the machine, to be folded under what came before it. */
  readonly minor: boolean
  readonly hash: string
  readonly project: { readonly slug: string; readonly name: string } | null
  /** `CHG-0001` */
  readonly ticket: string | null
}

export type AuditFilter = {
  readonly projectId?: string
  readonly ticketId?: string
  readonly actions?: readonly AuditAction[]
  /** The name as of then. */
  readonly actor?: string
  /** Entries older than this one. */
  readonly before?: number
}

export type AuditPage = {
  readonly lines: readonly AuditLine[]
  /** `before` of the next page; null on the last one. */
  readonly older: number | null
  /** Whether every project, and what belongs to none, is in it. */
  readonly everything: boolean
}

export type AuditProject = { readonly id: string; readonly slug: string; readonly name: string; readonly zone: string }

export const auditPageSize = 50
const longestTimeline = 500

/** A page of the audit log, newest first: what belongs to the projects whose log the actor may read. */
export async function listAudit(ctx: Context, filter: AuditFilter): Promise<Result<AuditPage>> {
  const auditable = await auditableProjects(ctx.db, ctx.actor)
  if (!auditable.ok) return auditable
  const rows = await ctx.db.auditEntry.findMany({
    where: { AND: [{ projectId: inReadable(auditable.value) }, whereOf(filter)] },
    orderBy: { sequence: 'desc' },
    take: auditPageSize + 1,
  })
  const shown = rows.slice(0, auditPageSize)
  const lines = await linesOf(ctx.db, shown)
  const older = rows.length > auditPageSize ? (lines.at(-1)?.sequence ?? null) : null
  return ok({ lines, older, everything: auditable.value === 'all' })
}

/** What happened to a ticket, oldest first, for whoever may read its project; the newest 500 entries. */
export async function ticketTimeline(ctx: Context, ticketId: string): Promise<readonly AuditLine[]> {
  const readable = await readableProjects(ctx.db, ctx.actor)
  const ticket = await ctx.db.ticket.findFirst({
    where: { id: ticketId, projectId: inReadable(readable) },
    select: { id: true },
  })
  if (!ticket) return []
  const rows = await ctx.db.auditEntry.findMany({
    where: { ticketId },
    orderBy: { sequence: 'desc' },
    take: longestTimeline,
  })
  return linesOf(ctx.db, rows.reverse())
}

/** Rows for an export or a check, oldest first and in pages, so that a long log needs little memory. */
export async function* auditRows(
  ctx: Context,
  filter: AuditFilter,
): AsyncGenerator<ChainRow & { readonly at: Date; readonly line: AuditLine }> {
  const auditable = await auditableProjects(ctx.db, ctx.actor)
  if (!auditable.ok) return
  let after = 0n
  for (;;) {
    const rows = await ctx.db.auditEntry.findMany({
      where: { AND: [{ projectId: inReadable(auditable.value) }, whereOf(filter), { sequence: { gt: after } }] },
      orderBy: { sequence: 'asc' },
      take: 500,
    })
    const lines = await linesOf(ctx.db, rows)
    for (const [index, row] of rows.entries()) {
      const line = lines[index]
      if (line) yield { ...row, sequence: line.sequence, line }
    }
    const last = rows.at(-1)
    if (!last || rows.length < 500) return
    after = last.sequence
  }
}

/** Where the log stands now: to be noted elsewhere, so that a cut end shows. */
export async function auditHead({ db }: Pick<Context, 'db'>): Promise<{ sequence: number; hash: string }> {
  const head = await db.auditHead.findUniqueOrThrow({ where: { id: 1 } })
  return { sequence: Number(head.sequence), hash: head.hash }
}

/** The projects whose log an actor may read, and the names that its filter offers. */
export async function auditChoices(ctx: Context): Promise<{
  readonly projects: readonly AuditProject[]
  readonly actors: readonly string[]
}> {
  const auditable = await auditableProjects(ctx.db, ctx.actor)
  if (!auditable.ok) return { projects: [], actors: [] }
  const [projects, people, tokens] = await Promise.all([
    ctx.db.project.findMany({
      where: { id: inReadable(auditable.value) },
      select: { id: true, slug: true, name: true, zone: true },
      orderBy: { name: 'asc' },
      take: 200,
    }),
    ctx.db.user.findMany({ select: { name: true }, orderBy: { name: 'asc' }, take: 500 }),
    ctx.db.apiToken.findMany({
      where: { projectId: inReadable(auditable.value) },
      select: { name: true },
      orderBy: { name: 'asc' },
      take: 200,
    }),
  ])
  return { projects, actors: [...new Set(['The portal', ...[...people, ...tokens].map(one => one.name)])] }
}

async function auditableProjects(
  tx: Pick<Tx, 'user' | 'roleGrant'>,
  actor: Actor,
): Promise<Result<readonly string[] | 'all'>> {
  if (actor.kind === 'portal') return ok('all')
  if (actor.kind !== 'person') return refuse('not-signed-in', 'Sign in to read the audit log.')
  const needed: readonly Role[] = abilities['read-audit']
  const grants = (await rightsOf(tx, actor.id)).grants.filter(grant => needed.includes(grant.role))
  if (grants.length === 0)
    return refuse('not-allowed', `You cannot read the audit log: it takes the role ${namesOf(needed)} in a project.`)
  return ok(projectsOf(grants))
}

function whereOf({ projectId, ticketId, actions, actor, before }: AuditFilter): Prisma.AuditEntryWhereInput {
  return {
    ...(projectId !== undefined && { projectId }),
    ...(ticketId !== undefined && { ticketId }),
    ...(actions !== undefined && { action: { in: [...actions] } }),
    ...(actor !== undefined && { actor }),
    ...(before !== undefined && { sequence: { lt: before } }),
  }
}

type Row = Prisma.AuditEntryGetPayload<object>

async function linesOf(tx: Pick<Tx, 'project' | 'ticket'>, rows: readonly Row[]): Promise<readonly AuditLine[]> {
  const ids = (of: (row: Row) => string | null) => [...new Set(rows.flatMap(row => of(row) ?? []))]
  const projects = await tx.project.findMany({
    where: { id: { in: ids(row => row.projectId) } },
    select: { id: true, slug: true, name: true },
  })
  const tickets = await tx.ticket.findMany({
    where: { id: { in: ids(row => row.ticketId) } },
    select: { id: true, number: true },
  })
  const projectOf = new Map(projects.map(({ id, slug, name }) => [id, { slug, name }]))
  const numberOf = new Map(tickets.map(({ id, number }) => [id, ticketNumber(number)]))
  return rows.map(row => {
    const text = parseAuditText(row.text)
    return {
      sequence: Number(row.sequence),
      at: row.at,
      actor: text.actor,
      action: text.action,
      sentence: sentence(text),
      quotation: quotation(text),
      tone: toneOf(text.action, text.details),
      minor: isMinor(text.action),
      hash: row.hash,
      project: projectOf.get(row.projectId ?? '') ?? null,
      ticket: numberOf.get(row.ticketId ?? '') ?? null,
    }
  })
}

export const isAuditAction = (value: string): value is AuditAction =>
  (auditActions as readonly string[]).includes(value)

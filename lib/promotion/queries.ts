import { holdersOf, inReadable, readableProjects } from '@/lib/access/authorise'
import { abilities, namesOf, type Role } from '@/lib/access/roles'
import type { Context } from '@/lib/db/context'
import { type May, people } from '@/lib/ticket/gate-panel'
import { itemLabel, type Plan, planSchema } from './plan'
import { isStill, type ProgressRow, type RunState } from './progress'

export type PlanView = {
  readonly digest: string
  readonly madeAt: Date
  /** Null when it was made by a version of the portal that wrote plans otherwise. */
  readonly plan: Plan | null
}

/** The newest plan of a ticket; null while there is none, or none for the actor. */
export async function getPlan({ actor, db }: Context, ticketId: string): Promise<PlanView | null> {
  const readable = inReadable(await readableProjects(db, actor))
  const row = await db.plan.findFirst({
    where: { ticketId, ticket: { projectId: readable } },
    orderBy: { madeAt: 'desc' },
    select: { digest: true, madeAt: true, content: true },
  })
  if (!row) return null
  const parsed = planSchema.safeParse(row.content)
  return { digest: row.digest, madeAt: row.madeAt, plan: parsed.success ? parsed.data : null }
}

export type ValidationView = {
  readonly kind: string
  readonly subject: string
  readonly status: string
  readonly message: string
  readonly durationMs: number | null
}
export type RunView = {
  readonly id: string
  readonly state: RunState
  readonly strategy: string
  readonly startedBy: string
  readonly queuedAt: Date
  /** Labels of the items that the plan writes. */
  readonly planned: readonly string[]
  /** How many promotions of the ticket there were, this one included. */
  readonly attempts: number
  readonly backup: { readonly takenAt: Date; readonly items: number } | null
  readonly validations: readonly ValidationView[]
  /** Whether the viewer may look again, or give up, while the end is unknown; null when it is known. */
  readonly mayResolve: May | null
}

/** The newest promotion of a ticket; null when there was none, or none for the actor. */
export async function getRun({ actor, db }: Context, ticketId: string): Promise<RunView | null> {
  const readable = inReadable(await readableProjects(db, actor))
  const where = { ticketId, ticket: { projectId: readable } }
  const row = await db.promotion.findFirst({
    where,
    orderBy: { queuedAt: 'desc' },
    include: {
      plan: { select: { content: true } },
      ticket: { select: { projectId: true } },
      progress: { orderBy: { sequence: 'asc' } },
      validations: { orderBy: [{ kind: 'asc' }, { subject: 'asc' }] },
    },
  })
  if (!row) return null
  const [attempts, backup, mayResolve] = await Promise.all([
    db.promotion.count({ where }),
    row.backupSnapshotId ? findBackup(db, row.backupSnapshotId) : null,
    row.phase === 'unknown' ? resolving({ actor, db }, row.ticket.projectId) : null,
  ])
  const plan = planSchema.safeParse(row.plan.content)
  return {
    id: row.id,
    state: stateOf(row, row.progress),
    strategy: row.strategy,
    startedBy: row.startedBy,
    queuedAt: row.queuedAt,
    planned: plan.success ? writtenItems(plan.data) : [],
    attempts,
    backup,
    validations: row.validations,
    mayResolve,
  }
}

async function resolving({ actor, db }: Context, projectId: string): Promise<May> {
  const roles: readonly Role[] = abilities['look-again']
  const able = (await holdersOf(db, projectId)).filter(holder => holder.roles.some(role => roles.includes(role)))
  if (actor.kind === 'person' && able.some(({ userId }) => userId === actor.id)) return { allowed: true }
  return {
    allowed: false,
    because: `${namesOf(roles)} can have the portal look again, or give the run up: ${people(able)}`,
  }
}

const writtenItems = (plan: Plan): string[] =>
  plan.items
    .filter(({ action }) => action === 'create' || action === 'update')
    .sort((a, b) => a.order - b.order)
    .map(({ type, targetName }) => itemLabel({ type, name: targetName }))

async function findBackup(db: Context['db'], id: string): Promise<RunView['backup']> {
  const snapshot = await db.snapshot.findUnique({ where: { id }, include: { _count: { select: { items: true } } } })
  return snapshot && { takenAt: snapshot.takenAt, items: snapshot._count.items }
}

type Promotion = {
  readonly phase: string
  readonly message: string | null
  readonly startedAt: Date | null
  readonly endedAt: Date | null
}
type Row = Omit<ProgressRow, 'sequence' | 'at'> & { readonly sequence: bigint; readonly at: Date }

function stateOf({ phase, message, startedAt, endedAt }: Promotion, rows: readonly Row[]): RunState {
  return {
    phase,
    message,
    startedAt: startedAt?.toISOString() ?? null,
    endedAt: endedAt?.toISOString() ?? null,
    rows: rows.map(({ sequence, step, item, status, message, at }) => ({
      ...{ step, item, status, message },
      sequence: Number(sequence),
      at: at.toISOString(),
    })),
  }
}

const mostRows = 1_000

/**
 * A reader of one promotion's progress, once the actor may read it; null when there is no such promotion for them.
 * Phase and rows come from one statement, so that a run is never shown as ended without its last rows.
 */
export async function progressReader(
  { actor, db }: Context,
  promotionId: string,
): Promise<((after: number) => Promise<RunState | null>) | null> {
  const readable = inReadable(await readableProjects(db, actor))
  const found = await db.promotion.count({ where: { id: promotionId, ticket: { projectId: readable } } })
  if (found === 0) return null
  return async after => {
    const rows = await db.$queryRaw<(Promotion & Nullable<Row> & { said: string | null })[]>`
      SELECT p.phase, p.message, p.started_at AS "startedAt", p.ended_at AS "endedAt",
        r.sequence, r.step, r.item, r.status, r.message AS said, r.at
      FROM promotion p LEFT JOIN promotion_progress r ON r.promotion_id = p.id AND r.sequence > ${after}
      WHERE p.id = ${promotionId}::uuid ORDER BY r.sequence LIMIT ${mostRows}`
    const [promotion] = rows
    if (!promotion) return null
    const state = stateOf(promotion, rows.flatMap(rowOf))
    return rows.length === mostRows && isStill(state.phase) ? { ...state, phase: 'running' } : state
  }
}

type Nullable<T> = { readonly [Key in keyof T]: T[Key] | null }

function rowOf({ sequence, step, item, status, said, at }: Omit<Nullable<Row>, 'message'> & { said: string | null }) {
  if (sequence === null || at === null) return []
  return [{ sequence, at, step: step ?? '', item: item ?? '', status: status ?? '', message: said ?? '' }]
}

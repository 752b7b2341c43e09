import { authoriseRoles } from '@/lib/access/authorise'
import { authoriseToken } from '@/lib/access/tokens'
import { command } from '@/lib/audit/command'
import { record } from '@/lib/audit/record'
import type { Tx } from '@/lib/db/client'
import type { Context } from '@/lib/db/context'
import { lockHops } from '@/lib/db/lock-hops'
import { newId } from '@/lib/kernel/ids'
import { ok, type Result, refuse } from '@/lib/kernel/result'
import { enqueue } from '@/lib/queue/enqueue'
import { type Criterion, criterionById } from '../criteria'
import type { EvidenceInput } from '../evidence-input'

export type Evidence = EvidenceInput & { readonly projectId: string }

/**
 * Keeps what a machine says of a commit: a pipeline by its token, the provider or the portal itself. The release may come later. The newest
 * counts, so that a later failure shuts the gate again; gates that wait for it are looked at anew.
 */
export async function recordEvidence(ctx: Context, evidence: Evidence): Promise<Result<{ evidenceId: string }>> {
  const { projectId, commit, outcome, summary, link } = evidence
  const criterion = criterionById(evidence.criterion)
  if (criterion?.kind !== 'evidence') return refuse('invalid', 'No machine reports this criterion.')
  const about = { name: `report “${criterion.label}”`, projectId }
  return command(ctx, about, async (tx, now) => {
    const may = await mayReport(tx, ctx, evidence, criterion, about.name, now)
    if (!may.ok) return may
    await lockHops(tx, projectId, criterion.hop)
    const id = newId()
    const source = ctx.actor.name
    await tx.evidence.create({
      data: {
        ...{ id, projectId, commit, criterion: criterion.id, outcome, summary, source },
        link: link ?? null,
        receivedAt: now,
      },
    })
    const details = { criterion: criterion.label, commit, outcome, summary, link }
    await record(tx, ctx.actor, { action: 'evidence.received', projectId, details })
    if (criterion.hop === 'dev-test') await lookAgain(tx, evidence, id)
    return ok({ evidenceId: id })
  })
}

async function mayReport(
  tx: Tx,
  ctx: Context,
  { projectId }: Evidence,
  criterion: Criterion,
  toDo: string,
  now: Date,
): Promise<Result<unknown>> {
  if (ctx.actor.kind === 'person')
    return refuse('not-allowed', `A person cannot ${toDo}: evidence comes from a machine.`)
  if (ctx.actor.kind !== 'token') return authoriseRoles(tx, ctx.actor, projectId, [], toDo)
  const may = await authoriseToken(tx, ctx.actor, 'evidence:write', toDo, now)
  if (!may.ok) return may
  if (ctx.actor.projectId !== projectId) return refuse('not-found', 'There is no such project.')
  if (criterion.source !== 'pipeline')
    return refuse('not-allowed', `A token cannot ${toDo}: ${criterion.clearedBy}`, { criterion: criterion.id })
  const { criteria } = may.value
  if (criteria.length > 0 && !criteria.includes(criterion.id))
    return refuse('not-allowed', `This token may report only: ${criteria.join(', ')}.`, { criteria })
  await tx.apiToken.update({ where: { id: ctx.actor.id }, data: { lastUsedAt: now } })
  return ok(null)
}

/** The Dev→Test gate of the commit's release promotes by itself the moment it is open (policy 1.2). */
async function lookAgain(tx: Tx, { projectId, commit }: Evidence, evidenceId: string): Promise<void> {
  const waiting = await tx.ticket.findMany({
    where: { projectId, status: 'open', hop: { hop: 'dev-test' }, release: { commit } },
    select: { id: true },
  })
  for (const ticket of waiting) {
    await enqueue(tx, 'promote-when-open', { ticketId: ticket.id }, { id: `promote-${ticket.id}-${evidenceId}` })
  }
}

import { z } from 'zod'
import { authorise } from '@/lib/access/authorise'
import { command } from '@/lib/audit/command'
import { record } from '@/lib/audit/record'
import type { Context } from '@/lib/db/context'
import { lockHops } from '@/lib/db/lock-hops'
import { isBlank, statement } from '@/lib/gate/statement'
import { ok, type Result, refuse } from '@/lib/kernel/result'
import { enqueue } from '@/lib/queue/enqueue'
import { onPromotionEnded } from './on-promotion-ended'

export const GiveUp = z.strictObject({ promotionId: z.guid(), reason: statement })

/** Ends a run whose end stays unknown, by the word of a person who has looked at Fabric; its environment is free again. */
export async function giveUp(
  ctx: Context,
  { promotionId, reason }: z.infer<typeof GiveUp>,
): Promise<Result<{ phase: 'partial' | 'errored' }>> {
  const found = await ctx.db.promotion.findUnique({
    where: { id: promotionId },
    include: { ticket: { include: { release: true } }, environment: true },
  })
  if (!found) return refuse('not-found', 'There is no such promotion.')
  const { ticket, environment } = found
  const where = { projectId: ticket.projectId, ticketId: ticket.id }
  const about = { name: 'give up a run', ...where }
  return command(ctx, about, async (tx, now) => {
    const may = await authorise(tx, ctx.actor, ticket.projectId, 'look-again', about.name)
    if (!may.ok) return may
    if (isBlank(reason)) return refuse('invalid', 'Say why the run is given up.', { field: 'reason' })
    await lockHops(tx, ticket.projectId)
    const before = await tx.promotion.findUniqueOrThrow({ where: { id: promotionId }, select: { message: true } })
    const written = { promotionId, step: { in: ['write', 'deploy'] }, status: 'done', item: { not: '' } }
    const phase = (await tx.promotionProgress.count({ where: written })) > 0 ? 'partial' : 'errored'
    const message = `Given up by ${ctx.actor.name}: ${reason}${before.message ? ` (Not known: ${before.message})` : ''}`
    const { count } = await tx.promotion.updateMany({
      where: { id: promotionId, phase: 'unknown' },
      data: { phase, message, endedAt: now, epoch: { increment: 1 } },
    })
    if (count === 0)
      return refuse('conflict', 'The end of this run is not unknown any more: reload the page to see it.')
    const details = { promotionId, release: ticket.release.number, into: environment.workspaceName }
    await record(tx, ctx.actor, { ...where, action: 'promotion.given-up', details: { ...details, because: reason } })
    const ended = { ...details, outcome: phase, message }
    await record(tx, ctx.actor, { ...where, action: 'promotion.ended', details: ended })
    await onPromotionEnded(tx, now, promotionId)
    await enqueue(tx, 'make-plan', { ticketId: ticket.id }, { id: `plan-after-${promotionId}` })
    return ok({ phase })
  })
}

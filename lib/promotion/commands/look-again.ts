import { z } from 'zod'
import { authorise } from '@/lib/access/authorise'
import { command } from '@/lib/audit/command'
import { record } from '@/lib/audit/record'
import type { Context } from '@/lib/db/context'
import { lockHops } from '@/lib/db/lock-hops'
import { ok, type Result, refuse } from '@/lib/kernel/result'
import { enqueue } from '@/lib/queue/enqueue'

export const LookAgain = z.strictObject({ promotionId: z.guid() })

/**
 * Lets a run whose end is unknown look at Fabric once more: it adopts what it finds there and goes on, or its end stays unknown.
 * The gate's decision was consumed when the run began, so the gate is not asked again.
 */
export async function lookAgain(
  ctx: Context,
  { promotionId }: z.infer<typeof LookAgain>,
): Promise<Result<{ promotionId: string }>> {
  const found = await ctx.db.promotion.findUnique({
    where: { id: promotionId },
    include: { ticket: { include: { hop: true, release: true } }, environment: true },
  })
  if (!found) return refuse('not-found', 'There is no such promotion.')
  const { ticket, environment } = found
  const where = { projectId: ticket.projectId, ticketId: ticket.id }
  const about = { name: 'have the portal look again', ...where }
  return command(ctx, about, async tx => {
    const may = await authorise(tx, ctx.actor, ticket.projectId, 'look-again', about.name)
    if (!may.ok) return may
    await lockHops(tx, ticket.projectId, ticket.hop.hop)
    const [taken] = await tx.promotion.updateManyAndReturn({
      where: { id: promotionId, phase: 'unknown' },
      data: { phase: 'running', message: null },
      select: { epoch: true },
    })
    if (!taken) return refuse('conflict', 'The end of this run is not unknown any more: reload the page to see it.')
    const details = { promotionId, release: ticket.release.number, into: environment.workspaceName }
    await record(tx, ctx.actor, { ...where, action: 'promotion.looked-again', details })
    const workflow = { id: `${promotionId}-again-${taken.epoch}`, environmentId: environment.id }
    await enqueue(tx, 'run-promotion', { promotionId }, workflow)
    return ok({ promotionId })
  })
}

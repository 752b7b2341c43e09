import { z } from 'zod'
import { authoriseRoles } from '@/lib/access/authorise'
import { command } from '@/lib/audit/command'
import { record } from '@/lib/audit/record'
import type { Context } from '@/lib/db/context'
import { lockHops } from '@/lib/db/lock-hops'
import { ok, type Result, refuse } from '@/lib/kernel/result'
import { criterionById } from '../criteria'

export const WithdrawSignOff = z.strictObject({ signOffId: z.guid() })

/** A person takes their own decision back, before the promotion that it was for has started. */
export async function withdrawSignOff(
  ctx: Context,
  input: z.infer<typeof WithdrawSignOff>,
): Promise<Result<{ signOffId: string }>> {
  const found = await ctx.db.signOff.findUnique({
    where: { id: input.signOffId },
    include: { ticket: { include: { hop: true } } },
  })
  const criterion = found && criterionById(found.criterion)
  if (!found || !criterion) return refuse('not-found', 'There is no such decision.')
  const { ticket } = found
  const about = { name: 'withdraw a decision', projectId: ticket.projectId, ticketId: ticket.id }
  return command(ctx, about, async (tx, now) => {
    const may = await authoriseRoles(tx, ctx.actor, ticket.projectId, criterion.roles, about.name)
    if (!may.ok) return may
    if (ctx.actor.kind !== 'person' || ctx.actor.id !== found.userId) {
      return refuse('not-allowed', `Only ${found.userName} can withdraw this decision.`)
    }
    await lockHops(tx, ticket.projectId, ticket.hop.hop)
    const begun = await tx.promotion.count({ where: { ticketId: ticket.id } })
    if (begun > 0) return refuse('conflict', 'The promotion has started: a decision cannot be taken back any more.')
    const data = { endedAt: now, endedBecause: 'withdrawn' }
    const { count } = await tx.signOff.updateMany({ where: { id: found.id, endedAt: null }, data })
    if (count === 0) return refuse('conflict', 'This decision was already ended.')
    const details = { criterion: criterion.label, verdict: found.verdict }
    await record(tx, ctx.actor, {
      action: 'sign-off.withdrawn',
      projectId: ticket.projectId,
      ticketId: ticket.id,
      details,
    })
    return ok({ signOffId: found.id })
  })
}

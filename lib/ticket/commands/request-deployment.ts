import { z } from 'zod'
import { authorise } from '@/lib/access/authorise'
import type { Ability } from '@/lib/access/roles'
import { command } from '@/lib/audit/command'
import type { Context } from '@/lib/db/context'
import { lockHops } from '@/lib/db/lock-hops'
import { hopEnds, hops } from '@/lib/environment/hop'
import { tierFacts } from '@/lib/environment/tier'
import { type Result, refuse } from '@/lib/kernel/result'
import { openTicket } from './open-ticket'

export const RequestDeployment = z.strictObject({ releaseId: z.guid(), hop: z.enum(hops) })

/** A person opens the ticket of a release at a hop; they are its requester, and so never one of its approvers. */
export async function requestDeployment(
  ctx: Context,
  input: z.infer<typeof RequestDeployment>,
): Promise<Result<{ ticketId: string; number: number }>> {
  const release = await ctx.db.release.findUnique({ where: { id: input.releaseId } })
  if (!release) return refuse('not-found', 'There is no such release.')
  const { projectId } = release
  return command(ctx, { name: 'open a ticket', projectId }, async (tx, now) => {
    const into = tierFacts[hopEnds[input.hop].target].label
    const may = await authorise(
      tx,
      ctx.actor,
      projectId,
      `promote-${input.hop}` satisfies Ability,
      `open a ticket to ${into}`,
    )
    if (!may.ok) return may
    await lockHops(tx, projectId, input.hop)
    return openTicket(tx, now, ctx.actor, input)
  })
}

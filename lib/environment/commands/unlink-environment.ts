import { z } from 'zod'
import { authorise } from '@/lib/access/authorise'
import { command } from '@/lib/audit/command'
import { record } from '@/lib/audit/record'
import type { Context } from '@/lib/db/context'
import { lockHops } from '@/lib/db/lock-hops'
import { isTier, tierFacts } from '@/lib/environment/tier'
import { ok, type Result, refuse } from '@/lib/kernel/result'

export const unlinkEnvironmentSchema = z.object({ environmentId: z.uuid() })
export type UnlinkEnvironment = z.output<typeof unlinkEnvironmentSchema>

/** Takes a workspace out of a project again, as long as no ticket has ever named it: history keeps its environments. */
export async function unlinkEnvironment(
  ctx: Context,
  { environmentId }: UnlinkEnvironment,
): Promise<Result<{ workspaceName: string }>> {
  const where = { id: environmentId }
  const known = await ctx.db.environment.findUnique({ where })
  return command(ctx, { name: 'unlink a workspace', projectId: known?.projectId ?? null }, async tx => {
    const projectId = known?.projectId ?? null
    const allowed = await authorise(tx, ctx.actor, projectId, 'link-environments', 'unlink a workspace')
    if (!allowed.ok) return allowed
    if (!known) return refuse('not-found', 'There is no such environment.')
    await lockHops(tx, known.projectId)
    const { workspaceName, workspaceId, tier } = known
    const environment = await tx.environment.findUnique({ where, include: { _count: { select: { tickets: true } } } })
    if (!environment) return refuse('not-found', `${workspaceName} has been unlinked already.`)
    const tickets = environment._count.tickets
    if (tickets > 0 || environment.deployedReleaseId) {
      const why = `${workspaceName} has a history here (${tickets} ${tickets === 1 ? 'ticket' : 'tickets'})`
      return refuse('conflict', `${why}, so it stays linked.`)
    }
    await tx.environment.delete({ where })
    const details = { workspaceName, workspaceId, tier: isTier(tier) ? tierFacts[tier].label : tier }
    await record(tx, ctx.actor, { action: 'environment.unlinked', projectId: known.projectId, details })
    return ok({ workspaceName })
  })
}

import { authoriseRoles } from '@/lib/access/authorise'
import { command } from '@/lib/audit/command'
import { record } from '@/lib/audit/record'
import type { Context } from '@/lib/db/context'
import { lockHops } from '@/lib/db/lock-hops'
import { criterionById } from '@/lib/gate/criteria'
import { ok, type Result } from '@/lib/kernel/result'

export type Vanished = { readonly projectId: string; readonly branch: string; readonly commits: readonly string[] }

/** Ends every sign-off on the open tickets of releases whose commit a forced push took off the branch; gives those commits. */
export async function voidVanished(
  ctx: Context,
  { projectId, branch, commits }: Vanished,
): Promise<Result<readonly string[]>> {
  const about = { name: 'end sign-offs of commits that are gone', projectId }
  return command(ctx, about, async (tx, now) => {
    const may = await authoriseRoles(tx, ctx.actor, projectId, [], about.name)
    if (!may.ok) return may
    await lockHops(tx, projectId)
    const tickets = await tx.ticket.findMany({
      where: { projectId, status: 'open', release: { commit: { in: [...commits] } } },
      select: { id: true, release: { select: { commit: true } }, signOffs: { where: { endedAt: null } } },
    })
    const endedBecause = `its commit is no longer on ${branch}`
    for (const ticket of tickets) {
      for (const { id, criterion, userName } of ticket.signOffs) {
        await tx.signOff.update({ where: { id }, data: { endedAt: now, endedBecause }, select: { id: true } })
        const details = { criterion: criterionById(criterion)?.label, of: userName, because: endedBecause }
        await record(tx, ctx.actor, { action: 'sign-off.voided', projectId, ticketId: ticket.id, details })
      }
    }
    return ok([...new Set(tickets.map(ticket => ticket.release.commit))])
  })
}

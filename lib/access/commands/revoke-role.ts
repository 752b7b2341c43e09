import { z } from 'zod'
import { authorise } from '@/lib/access/authorise'
import { hasOtherAdministrator, lockMembers } from '@/lib/access/members'
import { isRole, roleLabels } from '@/lib/access/roles'
import { command } from '@/lib/audit/command'
import { record } from '@/lib/audit/record'
import type { Tx } from '@/lib/db/client'
import type { Context } from '@/lib/db/context'
import { ok, type Result, refuse } from '@/lib/kernel/result'

export const revokeRoleSchema = z.object({ grantId: z.uuid() })
export type RevokeRole = z.output<typeof revokeRoleSchema>

/** Takes a role away again. The last administrator whom the portal knows stays. */
export async function revokeRole(
  ctx: Context,
  { grantId }: RevokeRole,
): Promise<Result<{ label: string; roleLabel: string }>> {
  const where = { id: grantId }
  const known = await ctx.db.roleGrant.findUnique({ where })
  const projectId = known?.projectId ?? null
  return command(ctx, { name: 'take a role away', projectId }, async tx => {
    const allowed = await authorise(tx, ctx.actor, projectId, 'change-members', 'take roles away')
    if (!allowed.ok) return allowed
    await lockMembers(tx, projectId)
    const grant = await tx.roleGrant.findUnique({ where })
    if (!grant) return refuse('not-found', 'That role has been taken away already.')
    if (grant.role === 'administrator' && !(await somebodyElseCould(tx, grant))) {
      const message = `${grant.label} is the last administrator whom the portal knows. Make somebody else administrator first.`
      return refuse('conflict', message)
    }
    await tx.roleGrant.delete({ where })
    const { label, role, groupId, userId } = grant
    const roleLabel = isRole(role) ? roleLabels[role] : role
    const details = { role: roleLabel, holder: groupId ? 'group' : 'person', label, holderId: groupId ?? userId }
    await record(tx, ctx.actor, { action: 'member.revoked', projectId, details })
    return ok({ label, roleLabel })
  })
}

async function somebodyElseCould(tx: Tx, gone: Parameters<typeof hasOtherAdministrator>[0]): Promise<boolean> {
  const grants = await tx.roleGrant.findMany({ where: { role: 'administrator' } })
  const userIds = grants.flatMap(grant => grant.userId ?? [])
  const groupIds = grants.flatMap(grant => grant.groupId ?? [])
  const people = await tx.user.findMany({
    where: { OR: [{ id: { in: userIds } }, { groupIds: { hasSome: groupIds } }] },
  })
  return hasOtherAdministrator(gone, grants, people)
}

import { z } from 'zod'
import { authorise } from '@/lib/access/authorise'
import { roleLabels, roles } from '@/lib/access/roles'
import { command } from '@/lib/audit/command'
import { record } from '@/lib/audit/record'
import type { Tx } from '@/lib/db/client'
import type { Context } from '@/lib/db/context'
import { newId } from '@/lib/kernel/ids'
import { ok, type Result, refuse } from '@/lib/kernel/result'
import { lockMembers } from '../members'

const projectId = z
  .union([z.literal('every').transform(() => null), z.uuid()], 'Choose a project.')
  .describe('"every" for all projects')
const role = z.enum(roles, 'Choose a role.')

export const grantRoleSchema = z.discriminatedUnion('holder', [
  z.object({
    holder: z.literal('group'),
    projectId,
    role,
    groupId: z.guid('Give the object id of the group, as Entra shows it.').transform(id => id.toLowerCase()),
    label: z.string().trim().min(1, 'Give the name of the group.').max(120, 'At most 120 characters.'),
  }),
  z.object({ holder: z.literal('person'), projectId, role, userId: z.uuid('Choose a person.') }),
])
export type GrantRole = z.output<typeof grantRoleSchema>

/** Gives a role in a project (null: in every one) to an Entra group or to a person who has signed in before. */
export async function grantRole(ctx: Context, input: GrantRole): Promise<Result<{ label: string; roleLabel: string }>> {
  return command(ctx, { name: 'give a role', projectId: input.projectId }, async (tx, now) => {
    const allowed = await authorise(tx, ctx.actor, input.projectId, 'change-members', 'give roles')
    if (!allowed.ok) return allowed
    await lockMembers(tx, input.projectId)
    const holder = await holderOf(tx, input)
    if (!holder.ok) return holder
    const { label, groupId, userId } = holder.value
    const data = {
      id: newId(now),
      projectId: input.projectId,
      role: input.role,
      groupId,
      userId,
      label,
      grantedAt: now,
    }
    const { count } = await tx.roleGrant.createMany({ data, skipDuplicates: true })
    const roleLabel = roleLabels[input.role]
    if (count === 0) return refuse('conflict', `${label} holds the role ${roleLabel} there already.`)
    const details = { role: roleLabel, holder: input.holder, label, holderId: groupId ?? userId }
    await record(tx, ctx.actor, { action: 'member.granted', projectId: input.projectId, details })
    return ok({ label, roleLabel })
  })
}

type Holder = { label: string; groupId: string | null; userId: string | null }

async function holderOf(tx: Tx, input: GrantRole): Promise<Result<Holder>> {
  if (input.projectId && !(await tx.project.findUnique({ where: { id: input.projectId } }))) {
    return refuse('not-found', 'There is no such project.')
  }
  if (input.holder === 'group') return ok({ label: input.label, groupId: input.groupId, userId: null })
  const person = await tx.user.findUnique({ where: { id: input.userId } })
  if (!person || person.disabledAt) return refuse('not-found', 'Nobody of that name has signed in here.')
  return ok({ label: person.name, groupId: null, userId: person.id })
}

import { z } from 'zod'
import { authoriseRoles } from '@/lib/access/authorise'
import { command } from '@/lib/audit/command'
import { record } from '@/lib/audit/record'
import type { Context } from '@/lib/db/context'
import { lockHops } from '@/lib/db/lock-hops'
import { personId } from '@/lib/kernel/context'
import { fieldErrors } from '@/lib/kernel/fields'
import { newId } from '@/lib/kernel/ids'
import { ok, type Result, refuse } from '@/lib/kernel/result'
import { enqueue } from '@/lib/queue/enqueue'
import { criterionById } from '../criteria'
import { isRecordCriterion, recordSchemas } from '../records'
import { voidChanged } from './void-changed'

export const MakeRecord = z.strictObject({ ticketId: z.guid(), criterion: z.string(), content: z.unknown() })

/** Writes down a record of a gate (release notes, rollback plan, window, on-call, announcement); a new one takes the place of the old. */
export async function makeRecord(
  ctx: Context,
  input: z.infer<typeof MakeRecord>,
): Promise<Result<{ recordId: string }>> {
  const ticket = await ctx.db.ticket.findUnique({ where: { id: input.ticketId }, include: { hop: true } })
  const criterion = criterionById(input.criterion)
  if (!ticket || !criterion || !isRecordCriterion(criterion.id)) return refuse('not-found', 'There is no such record.')
  const content = recordSchemas[criterion.id].safeParse(input.content)
  if (!content.success) {
    return refuse('invalid', content.error.issues[0]?.message ?? 'Something is missing.', {
      fields: fieldErrors(content.error.issues),
    })
  }
  const about = { name: `record “${criterion.label}”`, projectId: ticket.projectId, ticketId: ticket.id }
  return command(ctx, about, async (tx, now) => {
    const may = await authoriseRoles(tx, ctx.actor, ticket.projectId, criterion.roles, about.name)
    if (!may.ok) return may
    if (criterion.hop !== ticket.hop.hop) return refuse('invalid', `“${criterion.label}” does not belong to this gate.`)
    await lockHops(tx, ticket.projectId, ticket.hop.hop)
    const changedById = personId(ctx.actor)
    const open = { id: ticket.id, status: 'open' }
    const { count } = await tx.ticket.updateMany({ where: open, data: { changedById, version: { increment: 1 } } })
    if (count === 0) return refuse('conflict', 'This ticket is closed: nothing can be recorded on it any more.')
    await tx.record.updateMany({
      where: { ticketId: ticket.id, criterion: criterion.id, endedAt: null },
      data: { endedAt: now },
    })
    const id = newId()
    const made = { madeById: changedById, madeBy: ctx.actor.name, madeAt: now }
    await tx.record.create({
      data: { id, ticketId: ticket.id, criterion: criterion.id, content: content.data, ...made },
    })
    const details = { criterion: criterion.label, content: content.data }
    await record(tx, ctx.actor, { action: 'record.made', projectId: ticket.projectId, ticketId: ticket.id, details })
    await voidChanged(tx, now, ctx.actor, ticket)
    if (criterion.id === 'communication') {
      await enqueue(tx, 'notify', { ticketId: ticket.id, event: `announcement:${id}` }, { id: `notify-${id}` })
    }
    return ok({ recordId: id })
  })
}

import { z } from 'zod'
import { authoriseRoles } from '@/lib/access/authorise'
import { command } from '@/lib/audit/command'
import { record } from '@/lib/audit/record'
import type { Context } from '@/lib/db/context'
import { lockHops } from '@/lib/db/lock-hops'
import { newId } from '@/lib/kernel/ids'
import { ok, type Result, refuse } from '@/lib/kernel/result'
import { covered, coveredDigest } from '../covered'
import { criterionById } from '../criteria'
import { decideSignOff } from '../decide-sign-off'
import { loadFacts } from '../queries'
import { statement } from '../statement'

/** `seen`: the covered digest that the person looked at (`coveredDigest` of the gate view). */
export const SignOffCriterion = z.strictObject({
  ticketId: z.guid(),
  criterion: z.string(),
  verdict: z.enum(['yes', 'no']),
  statement,
  seen: z.string(),
})
export type CriterionSignedOff = { readonly signOffId: string; readonly alreadyRecorded: boolean }

/** A person says yes or no to a sign-off or approval criterion, for exactly the content that they saw (DESIGN 3.3, 3.4). */
export async function signOffCriterion(
  ctx: Context,
  input: z.infer<typeof SignOffCriterion>,
): Promise<Result<CriterionSignedOff>> {
  const ticket = await ctx.db.ticket.findUnique({ where: { id: input.ticketId }, include: { hop: true } })
  const criterion = criterionById(input.criterion)
  if (!ticket || !criterion) return refuse('not-found', 'There is no such ticket or criterion.')
  const about = { name: `decide on “${criterion.label}”`, projectId: ticket.projectId, ticketId: ticket.id }
  return command<CriterionSignedOff>(ctx, about, async (tx, now) => {
    const may = await authoriseRoles(tx, ctx.actor, ticket.projectId, criterion.roles, about.name)
    if (!may.ok) return may
    if (ctx.actor.kind !== 'person') return refuse('not-allowed', 'Only a person can sign off.')
    await lockHops(tx, ticket.projectId, ticket.hop.hop)
    const facts = await loadFacts(tx, ticket.id, now)
    const decided = decideSignOff(criterion, facts, { userId: ctx.actor.id, ...input })
    if (!decided.ok) return decided
    if (decided.value.already) return ok({ signOffId: decided.value.already, alreadyRecorded: true })
    if (decided.value.replaces) {
      const ended = { endedAt: now, endedBecause: 'replaced' }
      await tx.signOff.update({ where: { id: decided.value.replaces }, data: ended, select: { id: true } })
    }
    const held = covered(criterion.id, facts.content)
    const id = newId()
    const { id: userId, name: userName } = ctx.actor
    const said = { criterion: criterion.id, verdict: input.verdict, statement: input.statement, userId, userName }
    const bound = { covered: held, coveredDigest: coveredDigest(held), role: may.value[0] ?? '', givenAt: now }
    await tx.signOff.create({ data: { id, ticketId: ticket.id, ...said, ...bound } })
    const action = input.verdict === 'yes' ? 'criterion.signed-off' : 'criterion.refused'
    const details = { criterion: criterion.label, statement: input.statement, role: bound.role, covered: held }
    await record(tx, ctx.actor, { action, projectId: ticket.projectId, ticketId: ticket.id, details })
    return ok({ signOffId: id, alreadyRecorded: false })
  })
}

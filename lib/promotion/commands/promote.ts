import { z } from 'zod'
import { authorise } from '@/lib/access/authorise'
import type { Ability } from '@/lib/access/roles'
import { command } from '@/lib/audit/command'
import { record } from '@/lib/audit/record'
import type { Context } from '@/lib/db/context'
import { lockHops } from '@/lib/db/lock-hops'
import { type Hop, hopEnds } from '@/lib/environment/hop'
import { tierFacts } from '@/lib/environment/tier'
import { evaluateGate, gateName } from '@/lib/gate/gate'
import { loadFacts } from '@/lib/gate/queries'
import { ok, type Result, refuse } from '@/lib/kernel/result'
import { decide, ticketFrom } from '@/lib/ticket/ticket'
import { createPromotion } from './create-promotion'

/** `plan`: the digest of the plan that the person looked at. */
export const Promote = z.strictObject({ ticketId: z.guid(), plan: z.string().optional() })

/**
 * Promotes a ticket's release: the gate is evaluated in the very transaction that creates the promotion and enqueues its run,
 * under the hop's lock (DESIGN 3.2). Shut: refused with every unmet criterion. A retry of a failed promotion comes this way too.
 */
export async function promote(ctx: Context, input: z.infer<typeof Promote>): Promise<Result<{ promotionId: string }>> {
  const found = await ctx.db.ticket.findUnique({ where: { id: input.ticketId }, include: { hop: true } })
  if (!found) return refuse('not-found', 'There is no such ticket.')
  const hop = found.hop.hop as Hop
  const into = tierFacts[hopEnds[hop].target].label
  const about = { name: `promote to ${into}`, projectId: found.projectId, ticketId: found.id }
  return command(ctx, about, async (tx, now) => {
    const may = await authorise(tx, ctx.actor, found.projectId, `promote-${hop}` satisfies Ability, about.name)
    if (!may.ok) return may
    await lockHops(tx, found.projectId, hop)
    const facts = await loadFacts(tx, found.id, now)
    const gate = evaluateGate(facts)
    if (!gate.open) {
      const unmet = gate.unmet.map(({ id, label, because, sentence, roles, earliest }) => ({
        id,
        label,
        because,
        sentence,
        roles,
        earliest,
      }))
      const count = unmet.length === 1 ? 'one thing is' : `${unmet.length} things are`
      const list = unmet.map(one => one.label).join('; ')
      return refuse('gate-shut', `${gateName(hop)} is shut: ${count} not met (${list}).`, { unmet })
    }
    const ticket = await tx.ticket.findUniqueOrThrow({
      where: { id: found.id },
      include: { plans: { orderBy: { madeAt: 'desc' }, take: 1 }, release: true, project: true },
    })
    const moved = decide(ticketFrom({ ...ticket, running: facts.busy !== null }), { kind: 'promote' })
    if (!moved.ok) return moved
    const plan = ticket.plans[0]
    if (!plan) return refuse('conflict', 'The plan is still being made. Try again in a moment.')
    if (input.plan !== undefined && input.plan !== plan.digest) {
      return refuse('stale', 'The plan changed while you were looking at it. Nothing was started: look at it again.')
    }
    const promotionId = await createPromotion(tx, now, ctx.actor, { ticket, plan, facts, verdicts: gate.verdicts })
    const details = {
      gate: gateName(hop),
      release: facts.releaseNumber,
      digest: facts.content.release,
      rules: facts.content.rules,
    }
    await record(tx, ctx.actor, { action: 'gate.opened', projectId: found.projectId, ticketId: found.id, details })
    const queued = {
      promotionId,
      into,
      release: facts.releaseNumber,
      plan: plan.digest,
      strategy: ticket.project.strategy,
    }
    await record(tx, ctx.actor, {
      action: 'promotion.queued',
      projectId: found.projectId,
      ticketId: found.id,
      details: queued,
    })
    return ok({ promotionId })
  })
}

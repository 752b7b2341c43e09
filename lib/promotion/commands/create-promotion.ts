import type { Tx } from '@/lib/db/client'
import type { GateFacts } from '@/lib/gate/facts'
import type { Verdict } from '@/lib/gate/gate'
import type { Actor } from '@/lib/kernel/context'
import { newId } from '@/lib/kernel/ids'
import { enqueue } from '@/lib/queue/enqueue'
import { reopenTasks, tickTasks } from '@/lib/ticket/commands/tick-tasks'

type Opened = {
  readonly ticket: {
    readonly id: string
    readonly hopId: string
    readonly environmentId: string
    readonly project: { readonly strategy: string }
  }
  readonly plan: { readonly id: string }
  readonly facts: GateFacts
  readonly verdicts: readonly Verdict[]
}

/** Writes the gate decision and the promotion that consumes it, moves the ticket, and enqueues the run. Returns the promotion's id. */
export async function createPromotion(tx: Tx, now: Date, actor: Actor, opened: Opened): Promise<string> {
  const { ticket, facts } = opened
  const bound = {
    ticketId: ticket.id,
    hopId: ticket.hopId,
    environmentId: ticket.environmentId,
    releaseDigest: facts.content.release,
    ruleSetDigest: facts.content.rules,
  }
  const gateDecisionId = newId()
  const verdicts = JSON.parse(JSON.stringify(opened.verdicts))
  await tx.gateDecision.create({
    data: { id: gateDecisionId, ...bound, verdicts, decidedBy: actor.name, decidedAt: now },
  })
  const id = newId()
  const run = { strategy: ticket.project.strategy, phase: 'queued', startedBy: actor.name, queuedAt: now }
  await tx.promotion.create({ data: { id, ...bound, ...run, gateDecisionId, planId: opened.plan.id } })
  const moved = { step: 'execute', outcome: null, version: { increment: 1 } }
  await tx.ticket.update({ where: { id: ticket.id }, data: moved })
  await reopenTasks(tx, ticket.id, [
    'trigger-pipeline',
    'monitor-progress',
    'verify-item-sync',
    'smoke-tests',
    'data-connectivity',
    'report-rendering',
  ])
  await tickTasks(tx, ticket.id, now, actor.name, {
    'verify-criteria': { sentence: 'The gate was open: every criterion met', href: '#gate' },
    'trigger-pipeline': { sentence: `Started by ${actor.name}`, href: '#run' },
  })
  await enqueue(tx, 'run-promotion', { promotionId: id }, { id, environmentId: ticket.environmentId })
  await enqueue(tx, 'notify', { ticketId: ticket.id, event: `stage-started:${id}` }, { id: `notify-${id}-started` })
  return id
}

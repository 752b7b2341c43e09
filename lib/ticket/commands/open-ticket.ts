import { record } from '@/lib/audit/record'
import type { Tx } from '@/lib/db/client'
import { type Hop, hopEnds } from '@/lib/environment/hop'
import { tierFacts } from '@/lib/environment/tier'
import { type Actor, personId } from '@/lib/kernel/context'
import { newId } from '@/lib/kernel/ids'
import { ok, type Result, refuse } from '@/lib/kernel/result'
import { ticketNumber } from '@/lib/kernel/ticket-number'
import { enqueue } from '@/lib/queue/enqueue'
import { tasks } from '../tasks'
import { supersedeOlder } from './supersede-older'
import { tickTasks } from './tick-tasks'

/**
 * Opens the deployment ticket of a release at a hop (policy 4.1 step 1), in the caller's transaction, which holds the hop's lock.
 * Its plan is made and people are told once that transaction commits. An older release's open ticket at the same hop is superseded.
 */
export async function openTicket(
  tx: Tx,
  now: Date,
  actor: Actor,
  input: { readonly releaseId: string; readonly hop: Hop },
): Promise<Result<{ ticketId: string; number: number }>> {
  const release = await tx.release.findUniqueOrThrow({ where: { id: input.releaseId }, include: { project: true } })
  const { target } = hopEnds[input.hop]
  const { projectId } = release
  const environment = await tx.environment.findUnique({ where: { projectId_tier: { projectId, tier: target } } })
  const into = tierFacts[target].label
  if (!environment)
    return refuse('not-found', `${release.project.name} has no ${into} workspace yet: link one in Settings.`)
  const hop = await tx.hop.findUniqueOrThrow({ where: { projectId_hop: { projectId, hop: input.hop } } })
  const open = await tx.ticket.findFirst({
    where: { environmentId: environment.id, releaseId: release.id, status: 'open' },
  })
  if (open)
    return refuse(
      'conflict',
      `${ticketNumber(open.number)} is already open for release ${release.number} into ${into}.`,
    )
  const title = `${release.project.name} ${release.number} to ${into}`
  const ticket = await tx.ticket.create({
    data: {
      id: newId(),
      projectId,
      hopId: hop.id,
      environmentId: environment.id,
      releaseId: release.id,
      kind: 'standard',
      status: 'open',
      step: 'initiate',
      title,
      requestedById: personId(actor),
      requestedBy: actor.name,
      createdAt: now,
      tasks: { create: tasks.map(task => ({ task: task.id })) },
    },
  })
  const number = ticketNumber(ticket.number)
  await tickTasks(tx, ticket.id, now, actor.name, {
    'create-ticket': { sentence: `${number} opened`, href: '#timeline' },
  })
  const details = {
    number,
    release: release.number,
    digest: release.digest,
    hop: input.hop,
    into: environment.workspaceName,
  }
  await record(tx, actor, { action: 'ticket.created', projectId, ticketId: ticket.id, details })
  await supersedeOlder(tx, now, actor, ticket)
  await enqueue(tx, 'make-plan', { ticketId: ticket.id }, { id: `plan-${ticket.id}` })
  await enqueue(
    tx,
    'notify',
    { ticketId: ticket.id, event: 'ticket-created' },
    { id: `notify-${ticket.id}-ticket-created` },
  )
  return ok({ ticketId: ticket.id, number: ticket.number })
}

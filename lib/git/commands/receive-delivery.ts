import { authoriseRoles } from '@/lib/access/authorise'
import { command } from '@/lib/audit/command'
import { record } from '@/lib/audit/record'
import type { Tx } from '@/lib/db/client'
import type { Context } from '@/lib/db/context'
import { newId } from '@/lib/kernel/ids'
import { ok, type Result } from '@/lib/kernel/result'
import { enqueue } from '@/lib/queue/enqueue'

/** A delivery whose signature has been verified. `raw` is the body as it came. */
export type Delivery = {
  readonly provider: 'github'
  readonly deliveryId: string
  readonly event: string
  readonly raw: Uint8Array
}

/** `accepted`: stored, and worked on if it is of a kind that changes something; `handled`: it came before. */
export type Receipt = 'accepted' | 'handled'

const workedOn: readonly string[] = ['push', 'pull_request', 'pull_request_review']

/**
 * Stores a webhook delivery and enqueues its work, in one transaction. The same id again does nothing, unless its work has failed:
 * the provider sends again under the same id, and then it is worked on again.
 */
export async function receiveDelivery(ctx: Context, delivery: Delivery): Promise<Result<Receipt>> {
  const { provider, deliveryId, event, raw } = delivery
  const about = { name: 'hand in a webhook delivery' }
  return command(ctx, about, async (tx, now) => {
    const may = await authoriseRoles(tx, ctx.actor, null, [], about.name)
    if (!may.ok) return may
    const id = newId()
    const isWork = workedOn.includes(event)
    const state = isWork
      ? { state: 'received' }
      : { state: 'ignored', outcome: `The portal does not act on ${event}.`, handledAt: now }
    const row = { id, provider, deliveryId, event, raw: Uint8Array.from(raw), receivedAt: now, ...state }
    const { count } = await tx.webhookDelivery.createMany({ data: [row], skipDuplicates: true })
    if (count === 0) return ok(await receiveAgain(tx, ctx, delivery))
    if (isWork) await enqueue(tx, 'handle-webhook', { deliveryId: id }, { id: `webhook-${id}` })
    const details = { provider, deliveryId, event, bytes: raw.byteLength }
    await record(tx, ctx.actor, { action: 'webhook.received', details })
    return ok('accepted')
  })
}

/** Two redeliveries at once: the conditional update lets one of them through. The instant of the failure tells the attempts apart. */
async function receiveAgain(tx: Tx, ctx: Context, { provider, deliveryId, event }: Delivery): Promise<Receipt> {
  const earlier = await tx.webhookDelivery.findUniqueOrThrow({
    where: { provider_deliveryId: { provider, deliveryId } },
    select: { id: true, handledAt: true },
  })
  const { count } = await tx.webhookDelivery.updateMany({
    where: { id: earlier.id, state: 'failed' },
    data: { state: 'received', outcome: null, handledAt: null },
  })
  if (count === 0) return 'handled'
  const attempt = earlier.handledAt?.getTime() ?? 0
  await enqueue(tx, 'handle-webhook', { deliveryId: earlier.id }, { id: `webhook-${earlier.id}-${attempt}` })
  await record(tx, ctx.actor, {
    action: 'webhook.received',
    details: { provider, deliveryId, event, again: true },
  })
  return 'accepted'
}

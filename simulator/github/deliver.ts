import { createHmac, randomUUID } from 'node:crypto'
import type { Hub, Place } from './hub'
import type { Delivery, Webhook } from './store'

/** GitHub waits that long for an answer, and never sends again by itself. */
const longestWaitMs = 10_000
const longestAnswer = 4_000

/** Sends an event, signed, to the repository's webhook (or another); null when there is no target. */
export async function deliver(
  hub: Hub,
  place: Place,
  event: string,
  payload: object,
  other: Webhook | null = null,
): Promise<Delivery | null> {
  const webhook = other ?? hub.store.read(place.fullName).webhook
  if (!webhook) return null
  return send(hub, place.fullName, randomUUID(), event, JSON.stringify(payload), webhook)
}

/** Sends the very bytes of an earlier delivery again, under the same id. */
export async function redeliver(hub: Hub, place: Place, id: string): Promise<Delivery | null> {
  const { webhook } = hub.store.read(place.fullName)
  const earlier = hub.store.deliveries().find(d => d.id === id && d.repository === place.fullName)
  return earlier && webhook ? send(hub, place.fullName, id, earlier.event, earlier.body, webhook) : null
}

async function send(
  hub: Hub,
  repository: string,
  id: string,
  event: string,
  body: string,
  webhook: Webhook,
): Promise<Delivery> {
  const sent = Date.now()
  const { status, answer } = await post(webhook, id, event, body)
  const delivery: Delivery = {
    id,
    repository,
    event,
    url: webhook.url,
    sentAt: new Date(sent).toISOString(),
    durationMs: Date.now() - sent,
    status,
    answer: answer.slice(0, longestAnswer),
    body,
  }
  hub.store.addDelivery(delivery)
  return delivery
}

async function post(webhook: Webhook, id: string, event: string, body: string) {
  const sign = (hash: string) => `${hash}=${createHmac(hash, webhook.secret).update(body).digest('hex')}`
  try {
    const response = await fetch(webhook.url, {
      method: 'POST',
      redirect: 'manual',
      signal: AbortSignal.timeout(longestWaitMs),
      headers: {
        accept: '*/*',
        'content-type': 'application/json',
        'user-agent': 'GitHub-Hookshot/simulator',
        'x-github-delivery': id,
        'x-github-event': event,
        'x-github-hook-id': '11',
        'x-github-hook-installation-target-type': 'repository',
        'x-hub-signature': sign('sha1'),
        'x-hub-signature-256': sign('sha256'),
      },
      body,
    })
    return { status: response.status, answer: await response.text() }
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : ''
    return { status: null, answer: `No answer: ${error instanceof Error ? error.message : error} ${cause}`.trim() }
  }
}

import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Db } from '@/lib/db/client'
import { receiveDelivery } from '@/lib/git/commands/receive-delivery'
import { readBody } from '@/lib/http/body'
import { unexpected } from '@/lib/http/failure'
import { readJson } from '@/lib/http/json-body'
import { json, problem } from '@/lib/http/problem'
import type { Actor } from '@/lib/kernel/context'
import { refuse } from '@/lib/kernel/result'

export type GitHubWebhook = { readonly db: () => Db; readonly secret: () => string; readonly deadlineMs?: number }

const gitHub: Actor = { kind: 'portal', name: 'GitHub' }
/** GitHub sends no larger payload. */
const mostBytes = 25 * 1024 * 1024
const usualDeadlineMs = 10_000

/** Takes GitHub's deliveries: verified over the bytes as they came, stored, answered; the worker does the work. */
export function gitHubWebhook({ db, secret, deadlineMs = usualDeadlineMs }: GitHubWebhook) {
  return async (request: Request): Promise<Response> => {
    const deliveryId = request.headers.get('x-github-delivery') ?? ''
    const event = request.headers.get('x-github-event') ?? ''
    if (!/^[\w-]{1,64}$/.test(deliveryId)) return invalid('The header X-GitHub-Delivery is missing or is no id.')
    if (!/^[a-z_]{1,64}$/.test(event)) return invalid('The header X-GitHub-Event is missing or names no event.')
    const body = await readBody(request, { bytes: mostBytes, deadlineMs })
    if (!body.ok) return problem(body.refusal, { status: body.status })
    if (!isSigned(body.value, secret(), request.headers.get('x-hub-signature-256')))
      return problem(
        refuse('not-signed-in', 'The signature does not fit the body and the secret of this webhook.').refusal,
      )
    const payload = readJson(body.value)
    if (!payload.ok) return invalid(`${payload.refusal.message} Set the webhook's content type to application/json.`)
    if (event === 'ping') return json({ status: 'ready' })
    try {
      const received = await receiveDelivery(
        { actor: gitHub, db: db() },
        { provider: 'github', deliveryId, event, raw: body.value },
      )
      if (!received.ok) return problem(received.refusal)
      return received.value === 'accepted' ? json({ status: 'accepted' }, 202) : json({ status: 'already handled' })
    } catch (cause) {
      return problem(unexpected(cause, `webhook delivery ${deliveryId}`))
    }
  }
}

const invalid = (message: string) => problem(refuse('invalid', message).refusal)

/** Compares in constant time: the comparison is of two digests of one length. */
function isSigned(body: Uint8Array, secret: string, signature: string | null): boolean {
  const expected = Buffer.from(`sha256=${createHmac('sha256', secret).update(body).digest('hex')}`)
  const given = Buffer.from(signature ?? '')
  return given.length === expected.length && timingSafeEqual(given, expected)
}

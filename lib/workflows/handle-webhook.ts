import { db } from '@/lib/db/client'
import { clock } from '@/lib/db/transaction'
import { FabricError } from '@/lib/fabric/errors'
import { fabric } from '@/lib/fabric/fabric'
import { plainWords } from '@/lib/fabric/refusal'
import { followPush } from '@/lib/git/follow-push'
import { followReview } from '@/lib/git/follow-review'
import { type Ending, failed, ignored, type Sources } from '@/lib/git/following'
import { GitHubError, openGitHub } from '@/lib/git/github'
import { log } from './log'

/** Works on a stored delivery. Every step looks before it does something, so that the whole may run again after the worker was killed. */
export async function handleWebhook({ deliveryId }: { deliveryId: string }): Promise<void> {
  const sources = { db: db(), gitHub: openGitHub(), fabric: fabric() }
  await workOn(sources, deliveryId, cause => log().error({ err: cause, deliveryId }, 'webhook delivery failed'))
}

/** The delivery keeps how it ended; a failed one is worked on again when the provider sends it again. */
export async function workOn(sources: Sources, deliveryId: string, onFailure: (cause: unknown) => void): Promise<void> {
  const delivery = await sources.db.webhookDelivery.findUnique({ where: { id: deliveryId } })
  if (delivery?.state !== 'received') return
  const payload: unknown = JSON.parse(Buffer.from(delivery.raw).toString('utf8'))
  const ending = await endingOf(sources, delivery.event, payload).catch((cause: unknown) => {
    onFailure(cause)
    return failed(whyFailed(cause))
  })
  await sources.db.webhookDelivery.updateMany({
    where: { id: deliveryId, state: 'received' },
    data: { ...ending, handledAt: await clock(sources.db) },
  })
}

async function endingOf(sources: Sources, event: string, payload: unknown): Promise<Ending> {
  if (event === 'push') return followPush(sources, payload)
  if (event === 'pull_request' || event === 'pull_request_review') return followReview(sources, event, payload)
  return ignored(`The portal does not act on ${event}.`)
}

function whyFailed(cause: unknown): string {
  if (cause instanceof FabricError) return plainWords(cause)
  if (cause instanceof GitHubError) return cause.message
  return 'Something broke on our side; the log of the worker says what. Let GitHub deliver it again.'
}

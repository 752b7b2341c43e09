import type { IncomingMessage, ServerResponse } from 'node:http'
import { z } from 'zod'
import { readJsonObject, sendEmpty, sendJson } from '../entra/http'
import { ChangeFailed } from '../git/changes'
import type { Author } from '../git/import'
import { commitTo } from '../git/repositories'
import type { Change } from '../tenant'
import { deliver, redeliver } from './deliver'
import { type Hub, type Place, Refused } from './hub'
import { pullRequestOf, repositoryOf, userOf } from './payloads'
import { findPullRequest, pullRequestWith, reviewPullRequest } from './pull-requests'
import { announce } from './pushes'
import type { Delivery } from './store'

const text = z.string().min(1)
const author = z.object({ name: text, email: text })
const webhook = z.object({ url: z.url(), secret: text })
const change = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('copy-folder'), from: text, to: z.string() }),
  z.object({ kind: z.literal('write'), path: text, text: z.string() }),
  z.object({ kind: z.literal('replace'), path: text, find: text, replace: z.string() }),
  z.object({ kind: z.literal('delete'), path: text }),
])
const push = z.object({
  branch: text.optional(),
  message: text.optional(),
  messages: z.array(text).min(1).optional(),
  author: author.optional(),
  changes: z.array(change).default([]),
  webhook: webhook.optional(),
})
const approval = z.object({ commit: text.optional(), number: z.int().optional(), reviewer: text.default('reviewer') })

export const someDeveloper: Author = { name: 'Developer', email: 'developer@contoso.example' }

export type PushRequest = {
  readonly branch?: string | undefined
  readonly messages: readonly string[]
  readonly author: Author
  readonly changes: readonly Change[]
  readonly webhook?: { readonly url: string; readonly secret: string } | undefined
}

/** Commits once for each message, the last one with all changes that are left, and sends one push. */
export async function commitAndPush(hub: Hub, place: Place, asked: PushRequest) {
  const { messages, author, changes, branch = place.defaultBranch } = asked
  const made: { before: string; after: string }[] = []
  for (const [index, message] of messages.entries()) {
    const share = index === messages.length - 1 ? changes.slice(index) : changes.slice(index, index + 1)
    const request = { owner: place.owner, repository: place.name, branch, message, author, changes: share }
    made.push(await commitTo(hub.gitDir, request).catch(refuseMisfit))
  }
  const { before = '' } = made[0] ?? {}
  const { after = '' } = made.at(-1) ?? {}
  const delivery = await announce(hub, place, { branch, before, after }, author, asked.webhook)
  return { before, after, commits: made.map(commit => commit.after), delivery }
}

function refuseMisfit(error: unknown): never {
  throw error instanceof ChangeFailed ? new Refused(422, error.message) : error
}

export async function approve(
  hub: Hub,
  place: Place,
  which: { commit?: string | undefined; number?: number | undefined },
  login: string,
) {
  if (which.commit === undefined && which.number === undefined) throw new Refused(422, 'commit or number is needed')
  const pull = which.number
    ? await findPullRequest(hub, place, which.number)
    : await pullRequestWith(hub, place, which.commit ?? '')
  return reviewPullRequest(hub, place, pull, { login, state: 'APPROVED', body: '' })
}

export function ping(hub: Hub, place: Place): Promise<Delivery | null> {
  const { webhook } = hub.store.read(place.fullName)
  const config = { content_type: 'json', insecure_ssl: '0', url: webhook?.url ?? '' }
  const events = ['push', 'pull_request', 'pull_request_review']
  return deliver(hub, place, 'ping', {
    zen: 'Ship small, ship often.',
    hook_id: 11,
    hook: { type: 'Repository', id: 11, name: 'web', active: true, events, config },
    repository: repositoryOf(hub, place),
    sender: userOf(hub, place.owner),
  })
}

/** The developer's side, for tests and scripts: `/_sim/github/{owner}/{repository}/{action}`. */
export async function control(
  hub: Hub,
  place: Place,
  request: IncomingMessage,
  response: ServerResponse,
  action: string,
): Promise<true> {
  const ok = (body: unknown, status = 200) => sendJson(response, status, body)
  const deliveries = hub.store.deliveries().filter(delivery => delivery.repository === place.fullName)
  if (action === 'deliveries') return ok({ deliveries })
  if (action === 'webhook' && request.method === 'DELETE') {
    hub.store.setWebhook(place.fullName, null)
    return sendEmpty(response, 204)
  }
  if (action === 'webhook' && request.method === 'GET') {
    return ok({ url: hub.store.read(place.fullName).webhook?.url ?? null })
  }
  if (request.method !== 'POST') throw new Refused(405, 'POST is needed')
  const body = await readJsonObject(request)
  if (action === 'ping') return ok({ delivery: await ping(hub, place) })
  if (action === 'webhook') {
    hub.store.setWebhook(place.fullName, parse(webhook, body))
    return ok({ url: hub.store.read(place.fullName).webhook?.url })
  }
  if (action === 'push') {
    const { message, messages, author = someDeveloper, ...asked } = parse(push, body)
    const given = messages ?? (message ? [message] : null)
    if (!given) throw new Refused(422, 'message or messages is needed')
    return ok(await commitAndPush(hub, place, { ...asked, messages: given, author }), 201)
  }
  if (action === 'approve') {
    const { reviewer, ...which } = parse(approval, body)
    const { pullRequest, review, delivery } = await approve(hub, place, which, reviewer)
    return ok({ pullRequest: pullRequestOf(hub, place, pullRequest), review, delivery }, 201)
  }
  const [, id] = /^deliveries\/([^/]+)\/redeliver$/.exec(action) ?? []
  const again = id ? await redeliver(hub, place, id) : null
  if (!again) throw new Refused(404, 'Not Found')
  return ok({ delivery: again })
}

function parse<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body)
  if (!parsed.success) throw new Refused(422, z.prettifyError(parsed.error))
  return parsed.data
}

import { badRequest } from '../http/api-error'
import { type Call, ok, type Reply } from '../http/call'
import type { Context } from './simulation'

/** One page of a list, with token and ready address of the next; both are absent on the last. */
export function page({ sim }: Context, call: Call, all: readonly unknown[], size = sim.settings.pageSize): Reply {
  const token = call.url.searchParams.get('continuationToken')
  const from = token === null ? 0 : offsetOf(token)
  const value = all.slice(from, from + size)
  if (from + size >= all.length) return ok({ value })
  const continuationToken = Buffer.from(`offset:${from + size}`).toString('base64')
  const next = new URL(call.url.pathname, sim.baseUrl)
  for (const [name, word] of call.url.searchParams) next.searchParams.set(name, word)
  next.searchParams.set('continuationToken', continuationToken)
  return ok({ value, continuationToken, continuationUri: next.href })
}

function offsetOf(token: string): number {
  const offset = /^offset:(\d+)$/.exec(Buffer.from(token, 'base64').toString('utf8'))?.[1]
  if (offset === undefined) throw badRequest('InvalidContinuationToken', 'The continuation token is not valid')
  return Number(offset)
}

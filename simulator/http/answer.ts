import type { IncomingMessage, ServerResponse } from 'node:http'
import type { CallLog } from '../control/call-log'
import type { Effect } from '../control/faults'
import { type Caller, identify } from '../fabric/caller'
import type { Context, Simulation } from '../fabric/simulation'
import { throttle } from '../fabric/throttle'
import { sha256 } from '../store/ids'
import { ApiError } from './api-error'
import { type Reply, readBody } from './call'
import type { createRouter, Matched } from './router'
import { fabricError, powerBiError, send, toApiError } from './send'

type Router = ReturnType<typeof createRouter<Context>>

/** Answers a call to Fabric or Power BI, with what a fault does to it. False when the path is neither's. */
export async function answer(
  sim: Simulation,
  router: Router,
  log: CallLog,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<boolean> {
  const method = request.method ?? 'GET'
  const matched = router.match(method, url.pathname)
  if (matched === null && !/^\/(v1|v1\.0\/myorg)(\/|$)/i.test(url.pathname)) return false
  const body = await readBody(request)
  const effect = sim.faults.take(method, url.pathname)
  const known = matched === null || matched === 'other-method' ? null : matched
  const entry = log.begin({
    method,
    url,
    host: request.headers.host ?? '',
    workspaceId: known?.parameters.workspaceId ?? known?.parameters.groupId ?? null,
    write: known !== null && known.route.access === 'write',
    bodyDigest: body.length === 0 ? null : sha256(body),
    fault: effect?.kind ?? null,
  })
  if (sim.settings.latencyMs > 0) await sim.timers.sleep(sim.settings.latencyMs)
  if (effect?.kind === 'delay') await sim.timers.sleep(effect.delayMs)
  if (effect?.kind === 'drop') {
    log.end(entry, null, null)
    request.socket.destroy()
    return true
  }
  let caller: Caller | null = null
  let reply: Reply
  try {
    caller = identify(sim.tenant, sim.open, request.headers.authorization, Date.now())
    throttle(sim, caller.id)
    if (effect?.kind === 'status') throw faultError(effect)
    const call = { method, url, headers: request.headers, body, parameters: known?.parameters ?? {} }
    reply = await requireRoute(matched).route.handle({ sim, caller, effect }, call)
    if (effect?.kind === 'act-then-status') throw faultError(effect)
  } catch (error) {
    const isPowerBi = url.pathname.toLowerCase().startsWith('/v1.0/')
    reply = (isPowerBi ? powerBiError : fabricError)(toApiError(error))
  }
  sim.store.flush()
  log.end(entry, effect?.kind === 'act-then-drop' ? null : reply.status, caller?.id ?? null)
  if (effect?.kind === 'act-then-drop') request.socket.destroy()
  else if (effect?.kind === 'body') send(response, { status: effect.status, body: Buffer.from(effect.text) })
  else send(response, reply, effect?.kind === 'truncate' ? effect.bytes : null)
  return true
}

function requireRoute(matched: Matched<Context> | 'other-method' | null): Matched<Context> {
  if (matched === 'other-method') throw new ApiError(405, 'MethodNotAllowed', 'The method is not served at this path')
  if (matched === null) throw new ApiError(404, 'EndpointNotFound', 'The requested path is not served by the simulator')
  return matched
}

const faultError = (effect: Extract<Effect, { readonly kind: 'status' | 'act-then-status' }>): ApiError =>
  new ApiError(effect.status, effect.errorCode, effect.message, {
    ...(effect.isRetriable !== undefined && { isRetriable: effect.isRetriable }),
    ...(effect.retryAfterSeconds !== undefined && { retryAfterSeconds: effect.retryAfterSeconds }),
  })

import got, { type Response } from 'got'
import PQueue from 'p-queue'
import type { TokenSource } from './auth'
import { FabricError } from './errors'
import { answerError, networkError } from './failures'
import { pause } from './time'

export type Host = 'fabric' | 'power-bi'

export type Request = {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  /** Below the host's base, with a leading slash; ids are put in by `at`. */
  readonly path: string
  readonly query?: Readonly<Record<string, string | undefined>>
  readonly body?: unknown
  readonly host?: Host
  readonly accept?: 'json' | 'bytes'
  /** A POST that changes nothing may be sent again like a GET. */
  readonly isRead?: boolean
}

/** `body` is null when it was empty or the JSON literal null. */
export type Answer = {
  readonly status: number
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body: unknown
  readonly bytes: Uint8Array
}

export type HttpSettings = {
  readonly bases: Readonly<Record<Host, string>>
  readonly scopes: Readonly<Record<Host, string>>
  readonly concurrency: number
  readonly readMs: number
  /** After that a write counts as ambiguous, and whoever takes over waits as long before looking for what it did. */
  readonly writeMs: number
  /** How long one call may take with all its repetitions. */
  readonly retryForMs: number
}

export type Send = (request: Request) => Promise<Answer>

const firstPauseMs = 500
const longestPauseMs = 30_000

/** A path with its ids put in, each encoded: at`/workspaces/${id}/items`. */
export const at = (texts: TemplateStringsArray, ...ids: readonly string[]): string =>
  texts.reduce((path, text, index) => path + encodeURIComponent(ids[index - 1] ?? '') + text)

/**
 * Sends calls under one limiter. A GET is sent again on throttling, a server's fault and a lost connection; anything else only when
 * Fabric said that it did not act (throttled, token refused), or when the request never left.
 */
export function openHttp(settings: HttpSettings, tokens: TokenSource): Send {
  const limiter = new PQueue({ concurrency: settings.concurrency })

  return async request => {
    const until = Date.now() + settings.retryForMs
    let isRefused = false
    for (let attempt = 0; ; attempt += 1) {
      const outcome = await limiter.add(() => once(request, settings, tokens, isRefused))
      if (!(outcome instanceof FabricError)) return outcome.answer
      const wasRefused = isRefused
      isRefused = outcome.status === 401
      const mayRepeat = isRefused ? !wasRefused : outcome.kind === 'retryable' && !isLasting(outcome)
      if (!mayRepeat) throw outcome
      const waitMs = isRefused ? 0 : waitAfter(outcome, attempt)
      if (Date.now() + waitMs > until) throw outcome
      if (outcome.status === 429) holdBack(limiter, waitMs)
      await pause(waitMs)
    }
  }
}

/** Retriable later, by people or by the run, but not by sending the call again at once. */
const isLasting = (error: FabricError) =>
  error.status >= 400 && error.status < 500 && ![408, 429, 430].includes(error.status)

const retryAfter = new WeakMap<FabricError, number>()

function waitAfter(error: FabricError, attempt: number): number {
  const asked = retryAfter.get(error)
  if (asked !== undefined) return asked
  return Math.min(longestPauseMs, firstPauseMs * 2 ** attempt) * (0.75 + Math.random() / 2)
}

/** The quota is the identity's, not the call's: all calls wait. */
function holdBack(limiter: PQueue, ms: number): void {
  if (limiter.isPaused) return
  limiter.pause()
  setTimeout(() => limiter.start(), ms)
}

async function once(
  request: Request,
  settings: HttpSettings,
  tokens: TokenSource,
  isRefused: boolean,
): Promise<FabricError | { readonly answer: Answer }> {
  const host = request.host ?? 'fabric'
  const call = `${request.method} ${request.path}`
  const isRead = request.method === 'GET' || request.isRead === true
  let response: Response<Buffer>
  try {
    const token = await tokens(settings.scopes[host], isRefused)
    response = await got(urlOf(request, settings.bases[host]), {
      method: request.method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(request.body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(request.body !== undefined && { body: JSON.stringify(request.body) }),
      responseType: 'buffer',
      throwHttpErrors: false,
      followRedirect: false,
      retry: { limit: 0 },
      timeout: { request: isRead ? settings.readMs : settings.writeMs },
    })
  } catch (cause) {
    return cause instanceof FabricError ? cause : networkError(isRead, call, cause)
  }
  const answer = answerOf(request, response)
  const error = answerError(isRead, call, answer)
  if (error === null) return { answer: { ...answer, body: answer.body ?? null } }
  const seconds = Number(response.headers['retry-after'])
  if (Number.isFinite(seconds) && response.headers['retry-after']) retryAfter.set(error, seconds * 1000)
  return error
}

function urlOf(request: Request, base: string): URL {
  const url = new URL(`${base.replace(/\/$/, '')}${request.path}`)
  for (const [name, value] of Object.entries(request.query ?? {}))
    if (value !== undefined) url.searchParams.set(name, value)
  return url
}

/** `body` is undefined when it should be JSON and is not. */
function answerOf(request: Request, response: Response<Buffer>): Answer {
  const headers = Object.fromEntries(
    Object.entries(response.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
  )
  const bytes = response.rawBody
  const isBytes = request.accept === 'bytes' && response.statusCode === 200
  return { status: response.statusCode, headers, bytes, body: isBytes || bytes.length === 0 ? null : parsed(bytes) }
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'))
  } catch {
    return undefined
  }
}

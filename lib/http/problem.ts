import type { Refusal, RefusalCode } from '@/lib/kernel/refusal'

const statusOf: Readonly<Record<RefusalCode, number>> = {
  'not-signed-in': 401,
  'not-allowed': 403,
  'not-found': 404,
  'gate-shut': 409,
  'outside-window': 409,
  frozen: 409,
  stale: 409,
  invalid: 400,
  conflict: 409,
  unavailable: 503,
  'too-large': 413,
  'too-many': 429,
}

const titles: Readonly<Record<RefusalCode, string>> = {
  'not-signed-in': 'Not signed in',
  'not-allowed': 'Not allowed',
  'not-found': 'Not found',
  'gate-shut': 'The gate is shut',
  'outside-window': 'Outside the window',
  frozen: 'Frozen',
  stale: 'Out of date',
  invalid: 'Not valid',
  conflict: 'Conflict',
  unavailable: 'Not available',
  'too-large': 'Too large',
  'too-many': 'Too many requests',
}

/** A refusal as problem details (RFC 9457). `status` where the protocol has one that says more than the code's own. */
export function problem(
  refusal: Refusal,
  options: { status?: number; headers?: Record<string, string> } = {},
): Response {
  const status = options.status ?? statusOf[refusal.code]
  const body = {
    type: 'about:blank',
    title: titles[refusal.code],
    status,
    detail: refusal.message,
    code: refusal.code,
    ...(Object.keys(refusal.facts).length > 0 && { facts: refusal.facts }),
  }
  const headers = {
    'content-type': 'application/problem+json',
    'cache-control': 'no-store',
    ...(status === 401 && { 'www-authenticate': 'Bearer realm="Gatehouse"' }),
    ...options.headers,
  }
  return new Response(JSON.stringify(body), { status, headers })
}

/** An answer in JSON that no cache keeps. */
export const json = (body: unknown, status = 200): Response =>
  Response.json(body, { status, headers: { 'cache-control': 'no-store' } })

import { type NextRequest, NextResponse } from 'next/server'
import { env } from '@/lib/env/env'

/** Gives every page its own nonce. Guards nothing: checks live in commands and queries. */
export function proxy(request: NextRequest) {
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64')
  const policy = contentSecurityPolicy(nonce, new URL(env().ENTRA_AUTHORITY).origin)

  const headers = new Headers(request.headers)
  headers.set('x-nonce', nonce)
  headers.set('x-path', request.nextUrl.pathname + request.nextUrl.search)
  headers.set('content-security-policy', policy)

  const response = NextResponse.next({ request: { headers } })
  response.headers.set('content-security-policy', policy)
  if (isHttps(request)) response.headers.set('strict-transport-security', 'max-age=63072000; includeSubDomains')
  return response
}

/** `form-action` names the identity provider because sign-in posts a form that is redirected there. */
function contentSecurityPolicy(nonce: string, identityProvider: string): string {
  const development = process.env.NODE_ENV === 'development'
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ''}`,
    development ? "style-src 'self' 'unsafe-inline'" : `style-src 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    `connect-src 'self'${development ? ' ws:' : ''}`,
    "object-src 'none'",
    "base-uri 'none'",
    `form-action 'self' ${identityProvider}`,
    "frame-ancestors 'none'",
  ].join('; ')
}

function isHttps(request: NextRequest): boolean {
  const forwarded = request.headers.get('x-forwarded-proto')?.split(',')[0]?.trim()
  return (forwarded ?? request.nextUrl.protocol.replace(':', '')) === 'https'
}

export const config = { matcher: ['/((?!_next/static|_next/image|api/webhooks|api/v1|favicon\\.svg|robots\\.txt).*)'] }

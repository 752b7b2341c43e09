import { NextRequest, NextResponse } from 'next/server'
import NextAuth from 'next-auth'
import { authOptions } from '@/lib/access/next-auth'
import { ownAddress } from '@/lib/access/own-address'
import { callbackCookie } from '@/lib/access/session-token'
import { env } from '@/lib/env/env'
import { limit } from '@/lib/http/limit'

type Params = { params: Promise<{ nextauth: string[] }> }

/** What Entra sends back; everything else in a query is left out, since next-auth would send it on to Entra. */
const fromEntra = ['code', 'state', 'session_state', 'error', 'error_description', 'iss']

async function handle(request: NextRequest, context: Params): Promise<Response> {
  const { nextauth } = await context.params
  const [action] = nextauth
  if (request.method === 'POST') {
    const refused = await limit('sign-in', request.headers.get('x-forwarded-for') ?? 'direct')
    if (refused) return new Response(refused.message, { status: 429, headers: { 'retry-after': '60' } })
  }
  if (hasForeignCookie(request)) return startAgain()
  return NextAuth(clean(request), context, authOptions({ arriving: action === 'callback' }))
}

/** The same request with a `callbackUrl` on the own origin, which next-auth answers with a 500 when it is malformed. */
function clean(request: NextRequest): NextRequest {
  const url = request.nextUrl.clone()
  const given = new URLSearchParams(url.search)
  url.search = ''
  for (const name of fromEntra) {
    const value = given.get(name)
    if (value !== null && (name !== 'error' || isCode(value))) url.searchParams.set(name, value)
  }
  const asked = given.get('callbackUrl')
  if (asked !== null) url.searchParams.set('callbackUrl', ownAddress(asked, env().BASE_URL))
  return new NextRequest(url, request)
}

/** An error travels on in a header and a page: only as a code. */
const isCode = (value: string) => /^[\w-]{1,64}$/.test(value)

function hasForeignCookie(request: NextRequest): boolean {
  const remembered = request.cookies.get(callbackCookie(env().BASE_URL))?.value
  if (!remembered) return false
  return new URL(ownAddress(remembered, env().BASE_URL)).href !== URL.parse(remembered)?.href
}

function startAgain(): Response {
  const response = NextResponse.redirect(new URL('/sign-in', env().BASE_URL))
  response.cookies.delete(callbackCookie(env().BASE_URL))
  return response
}

export { handle as GET, handle as POST }

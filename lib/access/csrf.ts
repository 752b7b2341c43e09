import 'server-only'
import { cookies } from 'next/headers'
import { env } from '@/lib/env/env'
import { csrfCookie } from './session-token'

/** The token that next-auth expects in a form posted to it; null until the browser has its cookie. */
export async function csrfToken(): Promise<string | null> {
  const value = (await cookies()).get(csrfCookie(env().BASE_URL))?.value
  return value?.split('|')[0] ?? null
}

'use server'

import { cookies, headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { signOut } from '@/lib/access/commands/sign-out'
import { currentContext, sessionToken } from '@/lib/access/session'
import { sessionCookie } from '@/lib/access/session-token'
import { env } from '@/lib/env/env'
import { refuseForeign } from '@/lib/http/origin'

export async function signOutAction(): Promise<void> {
  const { BASE_URL } = env()
  if (refuseForeign((await headers()).get('origin'), BASE_URL)) redirect('/')
  const token = await sessionToken()
  if (token) await signOut(await currentContext(), token)
  const secure = BASE_URL.startsWith('https:')
  const jar = await cookies()
  jar.set(sessionCookie(BASE_URL), '', { maxAge: 0, path: '/', httpOnly: true, sameSite: 'lax', secure })
  redirect('/sign-in?out=1')
}

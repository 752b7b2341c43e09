import { digestOf } from '@/lib/kernel/digest'

const hour = 3_600_000
const longestMs = 24 * hour
const idleMs = 8 * hour

/** What the database keeps in place of a session's token: the token itself is in the person's cookie only. */
export const sessionKey = (token: string): string => digestOf(token)

/** When a session ends if nothing more is heard: 8 hours from now, and never later than 24 hours after its start. */
export function sessionEnd(startedAt: Date, now: Date): Date {
  return new Date(Math.min(now.getTime() + idleMs, startedAt.getTime() + longestMs))
}

/** The last moment that a session started now can reach: how long its cookie lives. */
export const cookieEnd = (startedAt: Date): Date => new Date(startedAt.getTime() + longestMs)

export const sessionLongestSeconds = longestMs / 1_000

const isHttps = (baseUrl: string) => baseUrl.startsWith('https:')

/** The `__Host-` prefix binds the cookie to this very host; browsers accept it over https only. */
export const sessionCookie = (baseUrl: string): string =>
  isHttps(baseUrl) ? '__Host-gatehouse.session' : 'gatehouse.session'

export const csrfCookie = (baseUrl: string): string => (isHttps(baseUrl) ? '__Host-gatehouse.csrf' : 'gatehouse.csrf')

export const callbackCookie = (baseUrl: string): string =>
  isHttps(baseUrl) ? '__Host-gatehouse.callback' : 'gatehouse.callback'

import type { Refusal } from '@/lib/kernel/refusal'

/**
 * Whether a request that changes something comes from the portal's own pages: its Origin is that of BASE_URL.
 * What a proxy says the host is counts for nothing, and a request without an Origin is refused.
 */
export function refuseForeign(origin: string | null, baseUrl: string): Refusal | null {
  const own = new URL(baseUrl).origin
  if (origin === own) return null
  const message = `This was not sent from ${own}, so it was not done. Open the portal there and try again.`
  return { code: 'not-allowed', message, facts: { origin } }
}

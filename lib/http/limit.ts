import { RateLimiterMemory } from 'rate-limiter-flexible'
import type { Refusal } from '@/lib/kernel/refusal'

/** How often something may be done by one key (a person, an address), by each process of the portal. */
const limits = {
  'sign-in': { points: 120, duration: 60 },
  action: { points: 240, duration: 60 },
} as const

const limiters = new Map<string, RateLimiterMemory>()

/** Counts one more, and says no when it is too many. */
export async function limit(name: keyof typeof limits, key: string): Promise<Refusal | null> {
  const limiter = limiters.get(name) ?? new RateLimiterMemory({ keyPrefix: name, ...limits[name] })
  limiters.set(name, limiter)
  const allowed = await limiter.consume(key).then(
    () => true,
    () => false,
  )
  if (allowed) return null
  return { code: 'too-many', message: 'That was too often in one minute. Wait a minute, then try again.', facts: {} }
}

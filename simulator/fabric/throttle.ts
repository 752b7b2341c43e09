import { ApiError } from '../http/api-error'
import type { Simulation } from './simulation'

const windowMs = 60_000
const calls = new WeakMap<Simulation, Map<string, number[]>>()

/** One limit for each identity, over the last minute. */
export function throttle(sim: Simulation, callerId: string): void {
  const limit = sim.settings.callsPerMinute
  if (limit === 0) return
  const now = Date.now()
  const all = calls.get(sim) ?? new Map<string, number[]>()
  calls.set(sim, all)
  const recent = (all.get(callerId) ?? []).filter(time => time > now - windowMs)
  const oldest = recent[0]
  if (recent.length >= limit && oldest !== undefined) {
    const until = new Date(oldest + windowMs)
    const day = `${until.getUTCMonth() + 1}/${until.getUTCDate()}/${until.getUTCFullYear()}`
    const hour = until.getUTCHours() % 12 || 12
    const clock = `${hour}:${until.toISOString().slice(14, 19)} ${until.getUTCHours() < 12 ? 'AM' : 'PM'}`
    throw new ApiError(
      429,
      'RequestBlocked',
      `Request is blocked by the upstream service until: ${day} ${clock} (UTC)`,
      { isRetriable: true, retryAfterSeconds: Math.max(1, Math.ceil((oldest + windowMs - now) / 1000)) },
    )
  }
  all.set(callerId, [...recent, now])
}

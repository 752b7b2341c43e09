import { type Logger, pino } from 'pino'
import { env } from '@/lib/env/env'

let made: Logger | undefined

/** The worker's log: one JSON line per event on stdout. */
export function log(): Logger {
  made ??= pino({ level: env().LOG_LEVEL, base: { process: 'worker' } })
  return made
}

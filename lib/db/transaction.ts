import type { Result } from '@/lib/kernel/result'
import type { Db, Tx } from './client'

class Refused extends Error {
  constructor(readonly result: Extract<Result<never>, { ok: false }>) {
    super(result.refusal.message)
  }
}

/**
 * Runs `work` in one transaction. `now` is the database's clock at its start: it decides expiry, windows and order.
 * A refusal rolls back, so that nothing half-written stays; a serialisation failure or deadlock is tried again, at most three times.
 */
export async function withTransaction<T>(
  database: Db,
  work: (tx: Tx, now: Date) => Promise<Result<T>>,
): Promise<Result<T>> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await database.$transaction(
        async tx => {
          const result = await work(tx, await clock(tx))
          if (!result.ok) throw new Refused(result)
          return result
        },
        { timeout: 20_000, maxWait: 10_000 },
      )
    } catch (cause) {
      if (cause instanceof Refused) return cause.result
      if (attempt >= 3 || !isRetriable(cause)) throw cause
    }
  }
}

/** The database's clock. */
export async function clock(tx: Pick<Tx, '$queryRaw'>): Promise<Date> {
  const [row] = await tx.$queryRaw<{ now: Date }[]>`SELECT gatehouse_now() AS now`
  if (!row) throw new Error('the database gave no time')
  return row.now
}

function isRetriable(cause: unknown): boolean {
  const { code, meta } = cause as { code?: string; meta?: { code?: string } }
  return code === 'P2034' || (code === 'P2010' && (meta?.code === '40001' || meta?.code === '40P01'))
}

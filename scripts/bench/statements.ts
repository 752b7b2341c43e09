import { open, stat } from 'node:fs/promises'
import type { Client } from 'pg'
import type { Measured, Target } from './measure'
import type { Line } from './report'

/** Counts what reaches Postgres while a target is done once, from the log of the bench's own cluster. */
export function statementCounter(owner: Client, logPath: string) {
  const pause = (ms: number) => new Promise(next => setTimeout(next, ms))
  const logStatements = async (which: 'all' | 'none') => {
    await owner.query(`ALTER SYSTEM SET log_statement = '${which}'`)
    await owner.query('SELECT pg_reload_conf()')
    await pause(500)
  }
  const statementsOf = async ({ once }: Target): Promise<number> => {
    const before = (await stat(logPath)).size
    await once()
    await pause(100)
    const written = await tail(logPath, before)
    return written.match(/LOG: {2}(?:statement|execute [^:\n]+): /g)?.length ?? 0
  }
  return {
    async beside(measured: readonly Measured[]): Promise<readonly Line[]> {
      await logStatements('all')
      const lines: Line[] = []
      for (const { target, p50, perSecond } of measured) {
        const statements = await statementsOf(target)
        lines.push({ name: target.name, rows: (await target.rows?.()) ?? null, p50, perSecond, statements })
      }
      await logStatements('none')
      return lines
    },
  }
}

async function tail(path: string, from: number): Promise<string> {
  const file = await open(path)
  try {
    const { size } = await file.stat()
    const buffer = Buffer.alloc(size - from)
    await file.read(buffer, 0, buffer.length, from)
    return buffer.toString()
  } finally {
    await file.close()
  }
}

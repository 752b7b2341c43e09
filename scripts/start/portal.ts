import { writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { migrate } from '../database/migrate'
import { startPostgres } from '../database/postgres'
import { type Child, startChild } from '../process/child'
import { answered, waitFor } from '../process/wait-for'
import { isSimulated, keptIn, simulatedEnv } from './settings'

export type RunningPortal = {
  readonly url: string
  readonly simulatorUrl: string | null
  readonly env: Readonly<Record<string, string>>
  readonly ownerUrl: string | null
  /** Ends the worker and starts another one, as a crash would: for tests. */
  killWorker(): Promise<void>
  startWorker(): Promise<void>
  /** Resolves with the name of a part that ended by itself. */
  readonly ended: Promise<string>
  stop(): Promise<void>
}

export type PortalOptions = {
  readonly port: number
  readonly dataDir: string
  readonly source: NodeJS.ProcessEnv
  /** Made while the database and the simulator start. */
  readonly built: Promise<void>
  readonly seed: (env: Readonly<Record<string, string>>, ownerUrl: string) => Promise<void>
  readonly say: (line: string) => void
}

/** Starts all parts of the portal: Postgres (unless DATABASE_URL), simulator (unless real settings), worker, web. */
export async function startPortal(options: PortalOptions): Promise<RunningPortal> {
  const dataDir = resolve(options.dataDir)
  const stops: (() => Promise<void>)[] = []
  const stop = async () => {
    for (const one of stops.splice(0).reverse()) await one()
  }
  try {
    return await start(options, dataDir, stops, stop)
  } catch (cause) {
    await stop()
    throw cause
  }
}

async function start(
  options: PortalOptions,
  dataDir: string,
  stops: (() => Promise<void>)[],
  stop: () => Promise<void>,
): Promise<RunningPortal> {
  const { source, port } = options
  const kept = await keptIn(dataDir)
  const url = source.BASE_URL ?? `http://127.0.0.1:${port}`
  const simulated = isSimulated(source)
  const env: Record<string, string> = {
    NODE_ENV: 'production',
    ...(simulated ? simulatedEnv(kept, url) : { BASE_URL: url }),
  }
  const log = (name: string) => join(dataDir, 'logs', `${name}.log`)
  let ownerUrl = source.DATABASE_OWNER_URL ?? null
  if (!source.DATABASE_URL) {
    const postgres = await startPostgres({ dataDir: join(dataDir, 'postgres'), port: kept.postgresPort })
    stops.push(() => postgres.stop())
    env.DATABASE_URL = postgres.portalUrl
    ownerUrl = postgres.ownerUrl
  }
  if (ownerUrl) await migrate(ownerUrl)
  const simulatorUrl = simulated ? `http://127.0.0.1:${kept.simulatorPort}` : null
  if (simulatorUrl) {
    const args = [
      '--port',
      String(kept.simulatorPort),
      '--smtp-port',
      String(kept.smtpPort),
      '--data',
      join(dataDir, 'simulator'),
    ]
    const simulator = await startChild({
      name: 'simulator',
      args: ['--import', 'tsx', 'simulator/main.ts', ...args],
      env: {},
      logPath: log('simulator'),
    })
    stops.push(() => simulator.stop())
    await ready(simulator, `${simulatorUrl}/_sim/state`, log('simulator'))
    if (ownerUrl) await options.seed(env, ownerUrl)
    await introduce(simulatorUrl, url, env.GITHUB_WEBHOOK_SECRET ?? '')
  }
  await options.built
  const parts = new Set<Child>()
  const ended = withResolvers<string>()
  let stopping = false
  stops.push(async () => {
    stopping = true
    await Promise.all([...parts].map(part => part.stop()))
  })
  const launch = async (name: string, args: readonly string[]) => {
    const part = await startChild({ name, args, env, logPath: log(name) })
    parts.add(part)
    part.exited.then(async () => {
      if (stopping || !parts.delete(part)) return
      if (name !== 'worker') return ended.resolve(name)
      options.say('The worker ended by itself; starting it again.')
      await startWorker()
    })
    return part
  }
  const startWorker = async () => {
    worker = await launch('worker', ['--import', 'tsx', 'scripts/worker.ts'])
    await writeFile(join(dataDir, 'worker.pid'), `${worker.pid ?? ''}\n`)
  }
  let worker: Child | null = null
  const [web] = await Promise.all([
    launch('web', ['node_modules/next/dist/bin/next', 'start', '-p', String(port), '-H', '127.0.0.1']),
    startWorker(),
  ])
  await ready(web, `http://127.0.0.1:${port}/robots.txt`, log('web'))
  return {
    url,
    simulatorUrl,
    env,
    ownerUrl,
    killWorker: async () => {
      const current = worker
      if (!current?.pid) return
      parts.delete(current)
      process.kill(current.pid, 'SIGKILL')
      await current.exited
    },
    startWorker,
    ended: ended.promise,
    stop,
  }
}

/** Tells the simulator's GitHub and its build where the portal is; the build's token came with the demo. */
async function introduce(simulatorUrl: string, portalUrl: string, secret: string): Promise<void> {
  const tell = async (path: string, body: object) => {
    const headers = { 'content-type': 'application/json' }
    const answer = await fetch(`${simulatorUrl}/_sim/${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
    if (!answer.ok) throw new Error(`The simulator refused /_sim/${path}: ${answer.status} ${await answer.text()}`)
  }
  await tell('github/claims-example/claims-analytics/webhook', { url: `${portalUrl}/api/webhooks/github`, secret })
  await tell('ci', { portalUrl })
}

async function ready(child: Child, url: string, logPath: string): Promise<void> {
  let code: number | null | undefined
  child.exited.then(exit => {
    code = exit
  })
  const gaveUp = () => (code === undefined ? null : `ended with code ${code}. Its log: ${logPath}`)
  await waitFor(`The ${child.name}`, () => answered(url), { deadlineMs: 60_000, gaveUp })
}

function withResolvers<T>() {
  let resolve: (value: T) => void = () => {}
  const promise = new Promise<T>(done => {
    resolve = done
  })
  return { promise, resolve }
}

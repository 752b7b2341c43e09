import { mkdir, rm } from 'node:fs/promises'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { connect } from '@/lib/db/client'
import { freePort } from '../process/free-port'
import { seedDemo } from '../seed/seed-demo'
import { build } from '../start/build'
import { type RunningPortal, startPortal } from '../start/portal'
import { makePerson } from '../test/factories'
import { startBarePage } from './bare-page'
import { decisions } from './decisions'
import { fillTickets } from './fill-tickets'
import { measure, read, type Target } from './measure'
import { flatness, type Line, table } from './report'
import { statementCounter } from './statements'
import { pagesOf, signIn } from './visits'

const rowsOfBarePage = 50

/** Measures the pages of a portal of its own beside a bare Next page, once for each number of tickets. */
export async function benchPages(sizes: readonly number[], say: (line: string) => void): Promise<void> {
  const folder = `.data/bench-${process.pid}`
  await mkdir(folder, { recursive: true })
  const stops: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true })]
  try {
    await build(say)
    const bare = await startBarePage(folder, rowsOfBarePage)
    stops.push(bare.stop)
    const source = { NODE_ENV: 'production' } as const
    const portal = await startPortal({
      ...{ port: await freePort(), dataDir: join(folder, 'data'), source, built: Promise.resolve() },
      ...{ seed: seedDemo(say), say },
    })
    stops.push(portal.stop)
    await measureAll({ portal, bareUrl: bare.url, postgresLog: join(folder, 'data/postgres/postgres.log'), sizes, say })
  } finally {
    for (const stop of stops.reverse()) await stop()
  }
}

type Bench = {
  readonly portal: RunningPortal
  readonly bareUrl: string
  readonly postgresLog: string
  readonly sizes: readonly number[]
  readonly say: (line: string) => void
}

async function measureAll({ portal, bareUrl, postgresLog, sizes, say }: Bench): Promise<void> {
  const { ownerUrl, env, url } = portal
  if (!ownerUrl) throw new Error('The bench needs a database of its own: unset DATABASE_URL.')
  const owner = new Client({ connectionString: ownerUrl })
  await owner.connect()
  const db = connect(env.DATABASE_URL ?? '')
  const project = await db.project.findFirstOrThrow({ orderBy: { createdAt: 'asc' } })
  const person = await makePerson(db, { roles: ['release-manager', 'cab-member', 'auditor'], projectId: project.id })
  const cookie = await signIn(db, person, url)
  const decision = await decisions(db, ownerUrl)
  // The worker asks its queues every second: it would be counted, and measured, with every page.
  await portal.killWorker()
  const bare: Target = { name: `Bare Next page, ${rowsOfBarePage} rows`, once: async () => void (await read(bareUrl)) }
  const statements = statementCounter(owner, postgresLog)
  const results: (readonly Line[])[] = []
  for (const size of sizes) {
    const tickets = `${size.toLocaleString('en-GB')} tickets`
    say(`\nFilling up to ${tickets}…`)
    await fillTickets(owner, project.id, size)
    const targets = [bare, ...(await pagesOf(db, { url, cookie, project })), decision]
    const lines = await statements.beside(await measure(targets))
    results.push(lines)
    say(`\n${tickets}; ${cpus().length} cores for web, database and visitors together\n${table(lines)}`)
  }
  if (results.length > 1) say(`\n${flatness(sizes, results)}`)
  await Promise.all([owner.end(), db.$disconnect()])
}

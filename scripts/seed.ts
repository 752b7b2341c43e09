import { DBOS } from '@dbos-inc/dbos-sdk'
import { PrismaPg } from '@prisma/adapter-pg'
import { makeToken } from '@/lib/access/commands/make-token'
import { tokenActor } from '@/lib/access/tokens'
import type { Db } from '@/lib/db/client'
import { PrismaClient } from '@/lib/db/generated/client'
import { env } from '@/lib/env/env'
import { fabric } from '@/lib/fabric/fabric'
import { demo } from '../simulator/demo/ids'
import { bootstrap } from './seed/bootstrap'
import { devSnapshots } from './seed/dev-snapshots'
import { must, type Past } from './seed/history'
import { type CommitOfRepository, writeMonth } from './seed/month'

/** Fills an empty portal with the demo: Claims-Analytics, its people, and a month written by the portal's own commands. */
const ownerUrl = process.env.DATABASE_OWNER_URL
if (!ownerUrl) throw new Error('DATABASE_OWNER_URL is not set: the demo is written by the owner of the tables.')
const simulator = env().ENTRA_AUTHORITY
const db: Db = new PrismaClient({
  adapter: new PrismaPg({
    connectionString: ownerUrl,
    options: '-c TimeZone=UTC',
    max: 1,
    idleTimeoutMillis: 0,
    connectionTimeoutMillis: 60_000,
  }),
})
Object.assign(globalThis, { gatehouseDb: db })

if ((await db.project.count()) === 0) await seed()
else console.log('The demo is there already.')
await db.$disconnect()
process.exit(0)

async function seed(): Promise<void> {
  console.log('Writing a month of history (once)…')
  DBOS.setConfig({
    name: 'gatehouse',
    systemDatabaseUrl: ownerUrl,
    runMigrations: false,
    executorID: 'seed',
    logLevel: 'error',
  })
  await DBOS.launch()
  await control('settings', {
    asyncRate: 0.2,
    operationMs: 10,
    jobMs: 10,
    exportMs: 10,
    refreshMs: 10,
    endpointDelayMs: 10,
  })
  const repository = await commitsOfRepository()
  const first = repository[0]?.at ?? new Date()
  await travel(new Date(first.getTime() - 3_600_000))
  const { projectId, people } = await bootstrap(db, new Date(first.getTime() - 3_600_000))
  const admin = { actor: people.portalAdministrator, db }
  const token = must(
    await makeToken(admin, {
      projectId,
      name: 'Build pipeline',
      scopes: ['evidence:write', 'read'],
      criteria: [],
      days: 366,
    }),
  )
  const pipeline = must(await tokenActor(db, `Bearer ${token.token}`, new Date()))
  const past: Past = { db, fabric: fabric(), projectId, people, pipeline, baseUrl: env().BASE_URL, travel }
  const failNextJob = (itemId: string, message: string) =>
    control('faults', {
      match: { method: 'POST', pathPattern: `/items/${itemId}/jobs/`, times: 1, afterCalls: 0 },
      effect: { kind: 'job-ends', status: 'Failed', message },
    })
  await writeMonth(past, repository, await devSnapshots(fabric()), failNextJob, line => console.log(line))
  await travel(new Date())
  await control('ci', { portalUrl: env().BASE_URL, token: token.token })
  await control('settings', {
    asyncRate: 0.5,
    operationMs: 150,
    jobMs: 400,
    exportMs: 400,
    refreshMs: 400,
    endpointDelayMs: 200,
  })
  await DBOS.shutdown()
}

async function travel(to: Date): Promise<void> {
  const seconds = Math.max(0, (Date.now() - to.getTime()) / 1000)
  await db.$queryRaw`SELECT set_config('gatehouse.shift', ${seconds < 1 ? '' : `${seconds} seconds`}, false)`
}

async function control(path: string, body: unknown): Promise<void> {
  const request = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
  const response = await fetch(`${simulator}/_sim/${path}`, request)
  if (!response.ok) throw new Error(`The simulator refused /_sim/${path}: ${response.status} ${await response.text()}`)
}

type GitHubCommit = { sha: string; commit: { author: { name: string; email: string; date: string } } }

async function commitsOfRepository(): Promise<CommitOfRepository[]> {
  const { owner, name, branch } = demo.repository
  const response = await fetch(`${env().GITHUB_API_URL}/repos/${owner}/${name}/commits?sha=${branch}&per_page=100`)
  const list = (await response.json()) as GitHubCommit[]
  return list.reverse().map(({ sha, commit: { author } }) => ({
    sha,
    at: new Date(author.date),
    authorName: author.name,
    authorEmail: author.email,
  }))
}

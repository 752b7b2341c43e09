import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { migrate } from '../database/migrate'
import { startPostgres } from '../database/postgres'
import { freePort } from '../process/free-port'

declare module 'vitest' {
  export interface ProvidedContext {
    postgres: { readonly ownerUrl: string; readonly portalUrl: string }
  }
}

/** One real Postgres for a test run, migrated once; each test file clones it (`cloneDatabase`). */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = join('.data', `test-postgres-${process.pid}`)
  const postgres = await startPostgres({ dataDir, port: await freePort() })
  await migrate(postgres.ownerUrl)
  project.provide('postgres', { ownerUrl: postgres.ownerUrl, portalUrl: postgres.portalUrl })
  return async () => {
    await postgres.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
}

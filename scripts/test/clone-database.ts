import { randomBytes } from 'node:crypto'
import { Client } from 'pg'
import { inject } from 'vitest'
import { connect, type Db } from '@/lib/db/client'

export type TestDatabase = {
  /** As the portal connects: it owns nothing. */
  readonly db: Db
  readonly portalUrl: string
  readonly ownerUrl: string
  drop(): Promise<void>
}

/** A database of a test file's own, cloned from the migrated one. */
export async function cloneDatabase(): Promise<TestDatabase> {
  const { ownerUrl, portalUrl } = inject('postgres')
  const name = `test_${randomBytes(6).toString('hex')}`
  const admin = `${ownerUrl.slice(0, ownerUrl.lastIndexOf('/'))}/postgres`
  await run(admin, `CREATE DATABASE ${name} TEMPLATE gatehouse`)
  const named = (url: string) => `${url.slice(0, url.lastIndexOf('/'))}/${name}`
  const db = connect(named(portalUrl))
  return {
    db,
    portalUrl: named(portalUrl),
    ownerUrl: named(ownerUrl),
    async drop() {
      await db.$disconnect()
      await run(admin, `DROP DATABASE ${name} WITH (FORCE)`)
    },
  }
}

async function run(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}

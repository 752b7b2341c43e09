import { PrismaPg } from '@prisma/adapter-pg'
import { env } from '@/lib/env/env'
import { type Prisma, PrismaClient } from './generated/client'

export type Db = PrismaClient
export type Tx = Prisma.TransactionClient
export { Prisma } from './generated/client'

const held = globalThis as { gatehouseDb?: PrismaClient }

/** The database client of this process. */
export function db(): Db {
  held.gatehouseDb ??= connect(env().DATABASE_URL)
  return held.gatehouseDb
}

/** A client on any database; every session has UTC, since the adapter stores wrong instants under another zone. */
export function connect(url: string, poolSize = 10): Db {
  return new PrismaClient({
    adapter: new PrismaPg({
      connectionString: url,
      options: '-c TimeZone=UTC',
      max: poolSize,
      connectionTimeoutMillis: 10_000,
      idleTimeoutMillis: 60_000,
    }),
  })
}

import { PrismaPg } from '@prisma/adapter-pg'
import type { Db } from '@/lib/db/client'
import { PrismaClient } from '@/lib/db/generated/client'

/** A client that counts the statements it sends. */
export function countedDatabase(url: string): {
  readonly db: Db
  statementsOf(work: () => Promise<unknown>): Promise<number>
} {
  const db = new PrismaClient({
    adapter: new PrismaPg({ connectionString: url, options: '-c TimeZone=UTC', max: 2 }),
    log: [{ emit: 'event', level: 'query' }],
  })
  let count = 0
  db.$on('query', () => {
    count += 1
  })
  return {
    db: db as unknown as Db,
    async statementsOf(work) {
      count = 0
      await work()
      return count
    },
  }
}

import type { Tx } from './client'

/**
 * Locks the hops of a project (or one of them) until the transaction ends. Everything that can change a gate's answer does this
 * first, and so does the transaction that creates a promotion: isolation levels alone do not close that race (DESIGN 3.2).
 */
export async function lockHops(tx: Pick<Tx, '$queryRaw'>, projectId: string, hop?: string): Promise<void> {
  await tx.$queryRaw`SELECT id FROM hop WHERE project_id = ${projectId}::uuid AND (${hop ?? null}::text IS NULL OR hop = ${hop ?? null})
    ORDER BY id FOR UPDATE`
}

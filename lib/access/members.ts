import type { Tx } from '@/lib/db/client'

const membersLock = 4_283_002

/**
 * Lets one change of roles go at a time, and locks the hops whose gates it can change: of one project, or of all (null).
 * The portal's database role may not lock rows of `role_grant`, so that an advisory lock stands for the table.
 */
export async function lockMembers(tx: Pick<Tx, '$queryRaw'>, projectId: string | null): Promise<void> {
  await tx.$queryRaw`SELECT pg_advisory_xact_lock(${membersLock}::bigint)::text`
  await tx.$queryRaw`SELECT id FROM hop WHERE ${projectId}::uuid IS NULL OR project_id = ${projectId}::uuid
    ORDER BY id FOR UPDATE`
}

export type Grant = {
  readonly id: string
  readonly projectId: string | null
  readonly role: string
  readonly userId: string | null
  readonly groupId: string | null
}
export type Member = {
  readonly id: string
  readonly groupIds: readonly string[]
  readonly rightsUnknown: boolean
  readonly disabledAt: Date | null
}

/** Whether somebody known could still administer what a grant covers, if it were gone. */
export function hasOtherAdministrator(gone: Grant, grants: readonly Grant[], people: readonly Member[]): boolean {
  const left = grants.filter(
    grant =>
      grant.id !== gone.id &&
      grant.role === 'administrator' &&
      (grant.projectId === null || grant.projectId === gone.projectId),
  )
  return people.some(
    person =>
      person.disabledAt === null &&
      left.some(grant =>
        grant.groupId === null
          ? grant.userId === person.id
          : !person.rightsUnknown && person.groupIds.includes(grant.groupId),
      ),
  )
}

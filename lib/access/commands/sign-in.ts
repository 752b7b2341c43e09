import type { Identity } from '@/lib/access/claims'
import { command } from '@/lib/audit/command'
import { record } from '@/lib/audit/record'
import type { Context } from '@/lib/db/context'
import { newId } from '@/lib/kernel/ids'
import { ok, type Result, refuse } from '@/lib/kernel/result'

/**
 * Lets a person in whom Entra has named: makes or refreshes their row. `groupIds` null: their groups could not be read,
 * so the last known ones stay and give no rights until they are read again.
 */
export async function signIn(
  ctx: Context,
  { identity, groupIds }: { identity: Identity; groupIds: readonly string[] | null },
): Promise<Result<{ userId: string }>> {
  return command(ctx, { name: 'sign in' }, async (tx, now) => {
    const { tenantId, objectId, name, email } = identity
    const seen = { name, email, signedInAt: now, rightsUnknown: groupIds === null }
    const known = groupIds ? { groupIds: [...groupIds] } : {}
    const person = await tx.user.upsert({
      where: { tenantId_objectId: { tenantId, objectId } },
      create: { id: newId(now), tenantId, objectId, groupIds: [], ...seen, ...known },
      update: { ...seen, ...known },
    })
    if (person.disabledAt) {
      return refuse('not-allowed', `${name} may no longer sign in here.`, { reason: 'disabled' })
    }
    await record(
      tx,
      { kind: 'person', id: person.id, name, email },
      { action: 'person.signed-in', details: { rightsUnknown: seen.rightsUnknown } },
    )
    return ok({ userId: person.id })
  })
}

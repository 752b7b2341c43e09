import { sessionKey } from '@/lib/access/session-token'
import { command } from '@/lib/audit/command'
import { record } from '@/lib/audit/record'
import type { Context } from '@/lib/db/context'
import { ok, type Result } from '@/lib/kernel/result'

/** Ends the session of a token. A session that has ended already stays so, without a second row in the audit log. */
export async function signOut(ctx: Context, token: string): Promise<Result<{ userId: string | null }>> {
  return command<{ userId: string | null }>(ctx, { name: 'sign out' }, async tx => {
    const session = await tx.session.findUnique({
      where: { sessionToken: sessionKey(token) },
      include: { user: true },
    })
    if (!session) return ok({ userId: null })
    const { count } = await tx.session.deleteMany({ where: { id: session.id } })
    const { id, name, email } = session.user
    if (count > 0) await record(tx, { kind: 'person', id, name, email }, { action: 'person.signed-out' })
    return ok({ userId: id })
  })
}

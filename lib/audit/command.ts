import type { Tx } from '@/lib/db/client'
import type { Context } from '@/lib/db/context'
import { withTransaction } from '@/lib/db/transaction'
import type { RefusalCode } from '@/lib/kernel/refusal'
import type { Result } from '@/lib/kernel/result'
import { record } from './record'

const denials: readonly RefusalCode[] = ['not-signed-in', 'not-allowed', 'gate-shut', 'outside-window', 'frozen']

/**
 * Runs a command's work in one transaction. A denial undoes the work and then leaves one row in the audit log, of its own.
 * `name` is the command as people would say it ("sign off a criterion").
 */
export async function command<T>(
  ctx: Context,
  about: { name: string; projectId?: string | null; ticketId?: string | null },
  work: (tx: Tx, now: Date) => Promise<Result<T>>,
): Promise<Result<T>> {
  const result = await withTransaction(ctx.db, work)
  if (!result.ok && (denials.includes(result.refusal.code) || result.refusal.facts.denied)) {
    const details = { command: about.name, code: result.refusal.code, message: result.refusal.message }
    await record(ctx.db, ctx.actor, {
      action: 'refused',
      projectId: about.projectId ?? null,
      ticketId: about.ticketId ?? null,
      details,
    })
  }
  return result
}

import type { Tx } from '@/lib/db/client'
import { type Actor, actorId } from '@/lib/kernel/context'
import type { AuditAction } from './actions'

export type AuditEvent = {
  readonly action: AuditAction
  readonly projectId?: string | null
  readonly ticketId?: string | null
  /** What a reader needs to make one sentence of it (see `sentence.ts`): names, numbers, digests; never a secret. */
  readonly details?: Readonly<Record<string, unknown>>
}

/** Appends one row to the audit log, in the transaction of the change that it tells of. */
export async function record(tx: Pick<Tx, '$queryRaw'>, actor: Actor, event: AuditEvent): Promise<void> {
  const details = JSON.stringify(event.details ?? {})
  await tx.$queryRaw`SELECT append_audit(${event.projectId ?? null}::uuid, ${event.ticketId ?? null}::uuid,
    ${actor.name}, ${actorId(actor)}, ${event.action}, ${details}::jsonb)`
}

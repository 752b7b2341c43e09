import type { Db } from '@/lib/db/client'
import { lockHops } from '@/lib/db/lock-hops'
import { withTransaction } from '@/lib/db/transaction'
import type { Hop } from '@/lib/environment/hop'
import { evaluateGate, gateName } from '@/lib/gate/gate'
import { loadFacts } from '@/lib/gate/queries'
import { ok, type Result, refuse } from '@/lib/kernel/result'

/** Whether the whole gate of a queued promotion is still open, and for the very digests that were decided, now that its turn has come (DESIGN 3.7). */
export async function recheckGate(database: Db, promotionId: string): Promise<Result<true>> {
  return withTransaction(database, async (tx, now) => {
    const promotion = await tx.promotion.findUniqueOrThrow({
      where: { id: promotionId },
      include: { ticket: { include: { hop: true } } },
    })
    const hop = promotion.ticket.hop.hop as Hop
    await lockHops(tx, promotion.ticket.projectId, hop)
    const facts = await loadFacts(tx, promotion.ticketId, now)
    const gate = evaluateGate({ ...facts, busy: null })
    if (!gate.open) {
      const list = gate.unmet.map(one => `${one.label}: ${one.sentence}`).join('; ')
      return refuse('gate-shut', `${gateName(hop)} shut again before the run began. ${list}`, { unmet: gate.unmet })
    }
    if (facts.content.release !== promotion.releaseDigest || facts.content.rules !== promotion.ruleSetDigest) {
      return refuse('stale', 'The release or the rules changed after the gate was decided.')
    }
    return ok(true as const)
  })
}

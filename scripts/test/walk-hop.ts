import type { Db } from '@/lib/db/client'
import { type Hop, hopEnds } from '@/lib/environment/hop'
import { makeRecord } from '@/lib/gate/commands/make-record'
import { recordEvidence } from '@/lib/gate/commands/record-evidence'
import { signOffCriterion } from '@/lib/gate/commands/sign-off-criterion'
import { type CriterionId, criteriaOf } from '@/lib/gate/criteria'
import { evaluateGate } from '@/lib/gate/gate'
import { loadFacts } from '@/lib/gate/queries'
import { portal } from '@/lib/kernel/context'
import { promote } from '@/lib/promotion/commands/promote'
import { openTicket } from '@/lib/ticket/commands/open-ticket'
import { type LinkedProject, must } from './linked-project'
import { promotionEnd, workflowEnd } from './promotion-factory'
import { recordContents, seenFor } from './ticket-factory'

/** The open ticket of a release at a hop, its plan made: Dev→Test is opened here, the portal has opened the others. */
export async function ticketAt(db: Db, releaseId: string, hop: Hop): Promise<string> {
  if (hop === 'dev-test') must(await db.$transaction(tx => openTicket(tx, new Date(), portal, { releaseId, hop })))
  const where = { releaseId, hop: { hop }, status: 'open' }
  const { id } = await db.ticket.findFirstOrThrow({ where })
  await workflowEnd(db, `plan-${id}`)
  return id
}

/** Clears the gate by the people of the project, and promotes: Dev→Test does so by itself. Waits for the end of the promotion. */
export async function walkHop(db: Db, project: LinkedProject, ticketId: string, withinMs: number) {
  const { hop, release } = await db.ticket.findUniqueOrThrow({
    where: { id: ticketId },
    include: { hop: true, release: true },
  })
  for (const { id, kind } of criteriaOf(hop.hop as Hop)) {
    if (kind === 'record') await write(db, project, ticketId, id)
    else if (kind === 'evidence') await report(db, project, release.commit, id)
  }
  for (const { id, kind } of criteriaOf(hop.hop as Hop))
    if (kind === 'sign-off' || kind === 'approval') await sign(db, project, ticketId, id)
  const promotionId = await started(db, project, ticketId, hop.hop as Hop, Date.now() + withinMs)
  return promotionEnd(db, promotionId, withinMs)
}

async function report(db: Db, { id: projectId }: LinkedProject, commit: string, criterion: CriterionId) {
  const evidence = { projectId, commit, criterion, outcome: 'pass', summary: 'Passed' } as const
  must(await recordEvidence({ actor: portal, db }, evidence))
}

async function write(db: Db, { people }: LinkedProject, ticketId: string, criterion: CriterionId) {
  const content = recordContents[criterion]
  must(await makeRecord({ actor: people.releaseManager, db }, { ticketId, criterion, content }))
}

async function sign(db: Db, { people }: LinkedProject, ticketId: string, criterion: CriterionId) {
  const signers =
    criterion === 'qa-sign-off' ? [people.qa] : criterion === 'uat-sign-off' ? [people.business] : people.cab
  for (const actor of signers) {
    const seen = await seenFor(db, ticketId, criterion)
    must(await signOffCriterion({ actor, db }, { ticketId, criterion, verdict: 'yes', statement: '', seen }))
  }
}

async function started(db: Db, { people }: LinkedProject, ticketId: string, hop: Hop, until: number): Promise<string> {
  for (;;) {
    const own = await db.promotion.findFirst({ where: { ticketId }, orderBy: { queuedAt: 'desc' } })
    if (own !== null) return own.id
    const gate = evaluateGate(await loadFacts(db, ticketId, new Date()))
    if (gate.open && hop !== 'dev-test') {
      const actor = hopEnds[hop].target === 'uat' ? people.qa : people.releaseManager
      return must(await promote({ actor, db }, { ticketId })).promotionId
    }
    const unmet = gate.open ? '' : gate.unmet.map(one => `${one.label}: ${one.sentence}`).join('; ')
    if (Date.now() > until) throw new Error(`no promotion was started. ${unmet}`)
    await new Promise(next => setTimeout(next, 30))
  }
}

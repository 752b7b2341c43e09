import type { Context } from '@/lib/db/context'
import type { Hop } from '@/lib/environment/hop'
import type { Fabric } from '@/lib/fabric/fabric'
import { makeRecord } from '@/lib/gate/commands/make-record'
import { recordEvidence } from '@/lib/gate/commands/record-evidence'
import { signOffCriterion } from '@/lib/gate/commands/sign-off-criterion'
import { covered, coveredDigest } from '@/lib/gate/covered'
import type { CriterionId } from '@/lib/gate/criteria'
import { loadFacts } from '@/lib/gate/queries'
import { type Actor, portal } from '@/lib/kernel/context'
import type { Result } from '@/lib/kernel/result'
import { promote } from '@/lib/promotion/commands/promote'
import { closeTicket } from '@/lib/ticket/commands/close-ticket'
import { planNow } from '@/lib/workflows/make-plan'
import { settle } from '@/lib/workflows/notification/settle'
import { writeMails } from '@/lib/workflows/notification/write-mails'
import { runPromotion } from '@/lib/workflows/run-promotion'
import type { DemoPeople } from './bootstrap'
import { summaries, texts } from './history-texts'

/** What the month is written with: the portal's own commands and workflows, under a clock that was set back. */
export type Past = {
  readonly db: Context['db']
  readonly fabric: Fabric
  readonly projectId: string
  readonly people: DemoPeople
  readonly pipeline: Actor
  readonly baseUrl: string
  /** Sets the clock of the decisions to that instant; it goes on from there. */
  travel(to: Date): Promise<void>
}

export const must = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(`the demo's history was refused: ${result.refusal.message}`)
  return result.value
}

const as = (past: Past, actor: Actor): Context => ({ actor, db: past.db })

export async function ticketAt(past: Past, releaseId: string, hop: Hop): Promise<string> {
  const where = { releaseId, hop: { hop }, status: 'open' }
  return (await past.db.ticket.findFirstOrThrow({ where, orderBy: { number: 'desc' } })).id
}

export async function report(past: Past, commit: string, criteria: readonly CriterionId[]): Promise<void> {
  for (const criterion of criteria) {
    const isProvider = criterion === 'code-review'
    const isPortal = criterion === 'commit-convention'
    const actor: Actor = isPortal ? portal : isProvider ? { kind: 'portal', name: 'GitHub' } : past.pipeline
    const link = isPortal ? undefined : `https://ci.claims.example/runs/${commit.slice(0, 7)}/${criterion}`
    const evidence = {
      projectId: past.projectId,
      commit,
      criterion,
      outcome: 'pass' as const,
      summary: summaries[criterion] ?? 'Passed',
    }
    must(await recordEvidence(as(past, actor), link ? { ...evidence, link } : evidence))
  }
}

export async function sign(
  past: Past,
  ticketId: string,
  criterion: CriterionId,
  who: keyof DemoPeople,
  statement: string,
): Promise<void> {
  const facts = await loadFacts(past.db, ticketId, new Date())
  const seen = coveredDigest(covered(criterion, facts.content))
  must(await signOffCriterion(as(past, past.people[who]), { ticketId, criterion, verdict: 'yes', statement, seen }))
}

export async function write(
  past: Past,
  ticketId: string,
  criterion: CriterionId,
  who: keyof DemoPeople,
  content: unknown,
): Promise<void> {
  must(await makeRecord(as(past, past.people[who]), { ticketId, criterion, content }))
  if (criterion !== 'communication') return
  const record = await past.db.record.findFirstOrThrow({ where: { ticketId, criterion, endedAt: null } })
  await tell(past, ticketId, `announcement:${record.id}`)
}

/** The promotion of a ticket, run to its end; returns its phase. */
export async function run(past: Past, ticketId: string, actor: Actor): Promise<string> {
  await plan(past, ticketId)
  const { promotionId } = must(await promote(as(past, actor), { ticketId }))
  await tell(past, ticketId, `stage-started:${promotionId}`)
  await runPromotion({ promotionId })
  await tell(past, ticketId, `stage-ended:${promotionId}`)
  const { phase, message } = await past.db.promotion.findUniqueOrThrow({ where: { id: promotionId } })
  if (phase !== 'succeeded' && phase !== 'failed')
    throw new Error(`the demo's history: a promotion ${phase}: ${message}`)
  return phase
}

export const plan = (past: Past, ticketId: string) => planNow(past.db, past.fabric, ticketId)

export async function close(past: Past, ticketId: string, who: keyof DemoPeople): Promise<void> {
  must(await closeTicket(as(past, past.people[who]), { ticketId }))
  await tell(past, ticketId, 'ticket-closed')
}

/** Writes the mails of an event as sent: the month's post is not sent again today. */
export async function tell(
  past: Past,
  ticketId: string,
  event: Parameters<typeof writeMails>[1]['event'],
): Promise<void> {
  const ids = await writeMails(past.db, { ticketId, event }, past.baseUrl)
  const [row] = await past.db.$queryRaw<{ now: Date }[]>`SELECT gatehouse_now() AS now`
  await past.db.notification.updateMany({
    where: { id: { in: [...ids] } },
    data: { state: 'sent', attempts: 1, sentAt: row?.now ?? null },
  })
  await settle(past.db, { ticketId, event }, ids)
}

/** The records of a gate into Prod, each by the release manager. */
export async function prepareProd(past: Past, ticketId: string, window: { start: Date; end: Date }): Promise<void> {
  const times = { start: window.start.toISOString(), end: window.end.toISOString(), zone: 'Europe/Oslo' }
  await write(past, ticketId, 'deployment-window', 'releaseManager', times)
  await write(past, ticketId, 'rollback-plan', 'releaseManager', texts.rollbackPlan)
  await write(past, ticketId, 'on-call', 'releaseManager', texts.onCall)
  await write(past, ticketId, 'communication', 'releaseManager', texts.announcement)
}

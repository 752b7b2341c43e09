import { record } from '@/lib/audit/record'
import { withTransaction } from '@/lib/db/transaction'
import { portal } from '@/lib/kernel/context'
import { newId } from '@/lib/kernel/ids'
import { ok } from '@/lib/kernel/result'
import type { Plan } from '@/lib/promotion/plan'
import type { PlanInput } from '@/lib/promotion/plan-input'
import { connectivityChecks } from './check-connectivity'
import { reportChecks } from './check-reports'
import { smokeTests } from './check-smoke-tests'
import { progress } from './progress'
import type { Run } from './run'
import { type Done, done, fail, Superseded, step } from './step'
import type { WrittenItems } from './write-items'

/** The three validations of policy 4.1, step 3. */
export type ValidationKind = 'smoke-tests' | 'data-connectivity' | 'report-rendering'
export type Verdict = { readonly passed: boolean; readonly message: string }
export type Check = { readonly kind: ValidationKind; readonly subject: string; readonly look: () => Promise<Verdict> }
export type Validating = {
  readonly run: Run
  readonly input: PlanInput
  readonly plan: Plan
  readonly written: WrittenItems
}

const kinds: Readonly<Record<ValidationKind, string>> = {
  'smoke-tests': 'No smoke test is chosen for the project',
  'data-connectivity': 'Nothing here reads data over a connection',
  'report-rendering': 'The release holds no report',
}

/** Runs every check, whatever the others say; each leaves a row with how long it took. */
export async function validate(validating: Validating): Promise<Done<true>> {
  const { run } = validating
  const began = await step('start validating', () => begin(run))
  if (!began.ok) return began
  const checks = [...smokeTests(validating), ...connectivityChecks(validating), ...reportChecks(validating)]
  const results = await Promise.all(
    checks.map(check => step(`${check.kind} ${check.subject}`, () => runCheck(run, check))),
  )
  const failed = results.flatMap(result =>
    result.ok ? (result.value === null ? [] : [result.value]) : [result.failure.message],
  )
  return step('end validating', () => end(run, checks, failed))
}

async function begin(run: Run): Promise<Done<true>> {
  const { promotionId, epoch, ticketId } = run
  await run.db.$transaction(async tx => {
    const where = { id: promotionId, epoch, phase: { in: ['running', 'validating'] } }
    const { count } = await tx.promotion.updateMany({ where, data: { phase: 'validating' } })
    if (count === 0) throw new Superseded(promotionId)
    const moved = { step: 'validate', version: { increment: 1 } }
    await tx.ticket.updateMany({ where: { id: ticketId, status: 'open', step: 'execute' }, data: moved })
  })
  await progress(run, 'validate', '', 'running', 'Smoke tests, data connectivity, report rendering')
  return done(true)
}

/** Null when it passed; the sentence of what failed otherwise. */
async function runCheck(run: Run, check: Check): Promise<Done<string | null>> {
  await progress(run, 'validate', check.subject, 'running')
  const began = performance.now()
  const { passed, message } = await check.look()
  const durationMs = Math.round(performance.now() - began)
  await store(run, { ...check, status: passed ? 'passed' : 'failed', message, durationMs })
  await progress(run, 'validate', check.subject, passed ? 'done' : 'failed', message)
  return done(passed ? null : `${check.subject}: ${message}`)
}

async function end(run: Run, checks: readonly Check[], failed: readonly string[]): Promise<Done<true>> {
  for (const [kind, message] of Object.entries(kinds) as [ValidationKind, string][]) {
    if (!checks.some(check => check.kind === kind))
      await store(run, { kind, subject: '', status: 'not-applicable', message, durationMs: null })
  }
  await audit(run, { promotionId: run.promotionId, checks: checks.length, failed: failed.length })
  if (failed.length === 0) {
    await progress(run, 'validate', '', 'done', `${checks.length} of ${checks.length} checks passed`)
    return done(true)
  }
  const message = `Validation failed: ${failed.slice(0, 5).join('; ')}`
  await progress(run, 'validate', '', 'failed', message)
  return fail('failed', message)
}

type Row = Pick<Check, 'kind' | 'subject'> &
  Record<'status' | 'message', string> & { readonly durationMs: number | null }

async function store(run: Run, { kind, subject, status, message, durationMs }: Row): Promise<void> {
  const stored = await run.db.$executeRaw`
    INSERT INTO validation (id, promotion_id, kind, subject, status, message, duration_ms, at)
    SELECT ${newId()}::uuid, id, ${kind}, ${subject}, ${status}, ${message}, ${durationMs}::int, gatehouse_now()
    FROM promotion WHERE id = ${run.promotionId}::uuid AND epoch = ${run.epoch}
    ON CONFLICT (promotion_id, kind, subject) DO UPDATE
    SET status = EXCLUDED.status, message = EXCLUDED.message, duration_ms = EXCLUDED.duration_ms, at = EXCLUDED.at`
  if (stored === 0) throw new Superseded(run.promotionId)
}

/** One row for each promotion: a step that runs again after a crash finds its own. */
async function audit(run: Run, details: { readonly promotionId: string; readonly [count: string]: unknown }) {
  const { promotionId, epoch, projectId, ticketId } = run
  await withTransaction(run.db, async tx => {
    const own = await tx.$queryRaw<unknown[]>`
      SELECT 1 FROM promotion WHERE id = ${promotionId}::uuid AND epoch = ${epoch} FOR UPDATE`
    if (own.length === 0) throw new Superseded(promotionId)
    const where = { ticketId, action: 'validation.ended', text: { contains: promotionId } }
    if ((await tx.auditEntry.count({ where })) === 0)
      await record(tx, portal, { action: 'validation.ended', projectId, ticketId, details })
    return ok(null)
  })
}

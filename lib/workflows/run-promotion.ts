import { db } from '@/lib/db/client'
import { fabric } from '@/lib/fabric/fabric'
import type { Plan, PlannedItem } from '@/lib/promotion/plan'
import type { PlanInput } from '@/lib/promotion/plan-input'
import { planPromotion } from '@/lib/promotion/plan-promotion'
import { log } from './log'
import { begin } from './promotion/begin'
import { checkSource, checkSourceFirst } from './promotion/check-source'
import { deployItems, type Recheck } from './promotion/deploy-stage'
import { type Ending, end } from './promotion/end'
import { finishItems } from './promotion/finish-items'
import { ensureFolders } from './promotion/folders'
import { lookFirst } from './promotion/look-first'
import { type Prepared, pipelineOf, prepare, storedInput } from './promotion/prepare'
import { type Run, takeOver } from './promotion/run'
import { done, type Failure, Superseded, standStill, step } from './promotion/step'
import { validate } from './promotion/validate'
import { verify } from './promotion/verify'
import { type WrittenItems, writeItems, writeSecondTime } from './promotion/write-items'

/**
 * Runs a promotion: gate, backup, plan, writes, verification, validation, end. Killed anywhere and started again it goes on where it
 * was: steps that ended are not repeated, and what may have been done on Fabric is looked for before it is done.
 */
export async function runPromotion({ promotionId }: { promotionId: string }): Promise<void> {
  const run = await takeOver(db(), fabric(), promotionId)
  if (run === null) return
  try {
    const ending = await endingOf(run)
    await step('end', () => end(run, ending))
    log().info({ promotionId, phase: ending.phase }, ending.message)
  } catch (error) {
    if (error instanceof Superseded) await standStill(error)
    const ending = await withEarlierWrites(run, broken(run, error))
    await step('end broken', () => end(run, ending))
  }
}

/** Something unexpected: the log has it, people get its id. */
function broken(run: Run, error: unknown): Ending {
  log().error({ promotionId: run.promotionId, err: error }, 'the run broke')
  const message = `The portal's worker failed in the middle of the run; its log names promotion ${run.promotionId}.`
  return { phase: 'errored', message }
}

/** An error is a partial end when items were written before it, by this run or by one that it went on from. */
async function withEarlierWrites(run: Run, ending: Ending): Promise<Ending> {
  if (ending.phase !== 'errored') return ending
  const where = { promotionId: run.promotionId, step: { in: ['write', 'deploy'] }, status: 'done', item: { not: '' } }
  return (await run.db.promotionProgress.count({ where })) > 0 ? { ...ending, phase: 'partial' } : ending
}

async function endingOf(run: Run): Promise<Ending> {
  const opened = await step('gate', () => begin(run))
  if (!opened.ok) return opened.failure
  const prepared = await step('prepare', () => prepare(run))
  if (!prepared.ok) return prepared.failure
  const looked = await step('look first', () => lookFirst(run))
  if (!looked.ok) return looked.failure
  const input = await storedInput(run, prepared.value)
  const plan = planPromotion(input)
  const written: WrittenItems = new Map()
  const failures = await write(run, prepared.value, input, plan, written)
  if (failures.length > 0) return withEarlierWrites(run, afterFailures(failures, written.size, plan))
  const verified = await step('verify', () => verify(run, input, plan, written))
  if (!verified.ok) return verified.failure
  const validated = await validate({ run, input, plan, written })
  if (!validated.ok) return validated.failure
  return {
    phase: 'succeeded',
    message: `${written.size} items written to ${run.environment.workspaceName}; all checks passed`,
  }
}

async function write(
  run: Run,
  prepared: Prepared,
  input: PlanInput,
  plan: Plan,
  written: WrittenItems,
): Promise<Failure[]> {
  const going = plan.items.filter(item => item.action === 'create' || item.action === 'update')
  const copied = going.filter(item => item.via === 'pipeline')
  const direct = going.filter(item => item.via === 'definition')
  const folders = await step('folders', async () =>
    done(
      await ensureFolders(
        run,
        going.map(item => item.folder),
      ),
    ),
  )
  if (!folders.ok) return [folders.failure]
  const source = await step('check source', () => checkSourceFirst(run, input, copied))
  if (!source.ok) return [source.failure]
  const writing = { run, input, plan, folders: folders.value }
  const recheck = source.value ? null : () => checkSource(run, input, copied)
  const deployed = await copy(run, prepared, copied, written, recheck)
  if (deployed.length > 0) return deployed
  const byDefinition = [
    ...direct,
    ...copied.filter(item => item.thenDefinition).map(item => arrivedItem(item, written)),
  ]
  const failures = await writeItems(writing, byDefinition, written)
  if (failures.length > 0) return failures
  const again = await writeSecondTime(writing, byDefinition, written)
  return again.length > 0 ? again : finishItems(run, plan, written)
}

async function copy(
  run: Run,
  { facts }: Prepared,
  items: readonly PlannedItem[],
  written: WrittenItems,
  recheck: Recheck,
) {
  const pipelineId = pipelineOf(run)
  if (items.length === 0 || facts.stages === null || pipelineId === null) return []
  return deployItems(run, { pipelineId, ...facts.stages }, items, written, recheck)
}

/** An item that the deployment pipeline has just made: its definition is written to what arrived. */
function arrivedItem(item: PlannedItem, written: WrittenItems): PlannedItem {
  const targetId = written.get(item.sourceId ?? '')?.id ?? item.targetId
  return { ...item, targetId, currentFolder: item.currentFolder ?? item.folder }
}

function afterFailures(failures: readonly Failure[], writtenCount: number, plan: Plan): Ending {
  const wanted = plan.counts.create + plan.counts.update
  const message = failures
    .slice(0, 5)
    .map(failure => failure.message)
    .join(' ')
  const [first] = failures
  if (failures.some(failure => failure.phase === 'unknown')) return { phase: 'unknown', message }
  if (writtenCount > 0 || failures.some(failure => failure.phase === 'partial'))
    return { phase: 'partial', message: `${writtenCount} of ${wanted} items were written. ${message}` }
  return { phase: first?.phase ?? 'errored', message }
}

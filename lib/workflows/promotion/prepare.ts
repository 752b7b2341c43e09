import { record } from '@/lib/audit/record'
import { loadConfiguration } from '@/lib/configuration/queries'
import { readTarget } from '@/lib/fabric/read-workspace'
import { portal } from '@/lib/kernel/context'
import { planDifferences } from '@/lib/promotion/compare-plans'
import { planDigest, planSchema } from '@/lib/promotion/plan'
import type { PlanInput, SqlEndpoint, TargetState } from '@/lib/promotion/plan-input'
import { planPromotion } from '@/lib/promotion/plan-promotion'
import { loadSnapshot } from '@/lib/release/load-snapshot'
import { storeSnapshot } from '@/lib/release/store-snapshot'
import { earlierPrepared } from './earlier'
import { type Facts, readFacts } from './facts'
import { databaseTime, progress } from './progress'
import type { Run } from './run'
import { type Done, done, fail, Superseded } from './step'

/** The target as it was before the first write, but for the definitions: those are in the backup. */
export type Prepared = {
  readonly facts: Facts
  readonly capacity: TargetState['capacity']
  readonly workspaceName: string
  readonly endpoints: readonly (readonly [objectId: string, SqlEndpoint])[]
}

/** Reads the target, plans again and compares with the approved plan, and stores the backup. Nothing is written to Fabric. */
export async function prepare(run: Run): Promise<Done<Prepared>> {
  const earlier = await earlierPrepared(run.promotionId)
  if (earlier !== null) {
    await progress(run, 'read', '', 'done', 'Going on with the approved plan where the run before stopped')
    return done(earlier)
  }
  await progress(run, 'read', '', 'running', `Reading ${run.environment.workspaceName}`)
  const configuration = await loadConfiguration(run.db, run.projectId)
  const wanted = { projectId: run.projectId, target: run.environment.tier, stageTier: run.stageTier }
  const [target, facts] = await Promise.all([
    readTarget(run.fabric, run.environment.workspaceId),
    readFacts(run.db, run.fabric, { ...wanted, deploymentPipelineId: pipelineOf(run), configuration }),
  ])
  const release = await loadSnapshot(run.db, run.release.snapshotId)
  const plan = planPromotion(inputOf(run, release, target, facts, configuration))
  const refused = await refusalOf(run, plan)
  if (refused !== null) {
    await progress(run, 'read', '', 'failed', refused)
    return fail('failed', refused)
  }
  await progress(run, 'read', '', 'done', `${target.items.length} items read; the plan is the approved one`)
  await backUp(run, target)
  const endpoints = target.items.flatMap(item => (item.sqlEndpoint ? [[item.objectId, item.sqlEndpoint] as const] : []))
  return done({ facts, capacity: target.capacity, workspaceName: target.workspaceName, endpoints })
}

async function refusalOf(run: Run, plan: ReturnType<typeof planPromotion>): Promise<string | null> {
  if (plan.blockers.length > 0)
    return `The plan has blockers: ${plan.blockers.slice(0, 5).join(' ')} Nothing was written.`
  const approved = await run.db.plan.findUniqueOrThrow({ where: { id: run.planId } })
  if (approved.digest === planDigest(plan)) return null
  const differences = planDifferences(planSchema.parse(approved.content), plan)
  const what = differences.length > 0 ? differences.slice(0, 5).join('; ') : 'it would write other content'
  return `The target is no longer as it was when the plan was approved: ${what}. Nothing was written. Look at the new plan and approve that.`
}

async function backUp(run: Run, target: TargetState): Promise<void> {
  const { db, promotionId, epoch, projectId, ticketId } = run
  const before = await db.promotion.findUniqueOrThrow({ where: { id: promotionId } })
  if (before.backupSnapshotId !== null) return
  await progress(run, 'backup', '', 'running', 'Storing the present definitions')
  const takenAt = await databaseTime(run)
  await db.$transaction(
    async tx => {
      const stored = await storeSnapshot(tx, { projectId, purpose: 'backup', snapshot: target, takenAt })
      const { count } = await tx.promotion.updateMany({
        where: { id: promotionId, epoch },
        data: { backupSnapshotId: stored.id },
      })
      if (count === 0) throw new Superseded(promotionId)
      const details = { promotionId, into: target.workspaceName, items: target.items.length, digest: stored.digest }
      await record(tx, portal, { action: 'promotion.backed-up', projectId, ticketId, details })
    },
    { timeout: 120_000, maxWait: 20_000 },
  )
  await progress(run, 'backup', '', 'done', `${target.items.length} items stored`)
}

export const pipelineOf = (run: Run): string | null =>
  run.strategy === 'deployment-pipeline' ? run.deploymentPipelineId : null

/** The plan's input again, from what was stored: the same after any restart. */
export async function storedInput(run: Run, prepared: Prepared): Promise<PlanInput> {
  const { backupSnapshotId } = await run.db.promotion.findUniqueOrThrow({ where: { id: run.promotionId } })
  if (backupSnapshotId === null) throw new Error(`promotion ${run.promotionId} has no backup`)
  const [release, backup, configuration] = await Promise.all([
    loadSnapshot(run.db, run.release.snapshotId),
    loadSnapshot(run.db, backupSnapshotId),
    loadConfiguration(run.db, run.projectId),
  ])
  const endpoints = new Map(prepared.endpoints)
  const target: TargetState = {
    workspaceId: backup.workspaceId,
    workspaceName: prepared.workspaceName,
    items: backup.items.map(item => ({ ...item, sqlEndpoint: endpoints.get(item.objectId) ?? null })),
    capacity: prepared.capacity,
  }
  return inputOf(run, release, target, prepared.facts, configuration)
}

export function inputOf(
  about: { readonly environment: { readonly tier: PlanInput['tier'] }; readonly strategy: PlanInput['strategy'] },
  release: PlanInput['release'],
  target: TargetState,
  facts: Facts,
  configuration: Pick<PlanInput, 'variables' | 'rules'>,
): PlanInput {
  return {
    release,
    target,
    tier: about.environment.tier,
    sourceTier: 'dev',
    variables: configuration.variables,
    rules: configuration.rules,
    environments: facts.environments,
    strategy: about.strategy,
    pairing: facts.pairing,
  }
}

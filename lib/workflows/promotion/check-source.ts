import { readWorkspace } from '@/lib/fabric/read-workspace'
import { buildResolution } from '@/lib/promotion/build-resolution'
import { itemLabel, type PlannedItem } from '@/lib/promotion/plan'
import type { PlanInput } from '@/lib/promotion/plan-input'
import { rewriteItem } from '@/lib/promotion/rewrite-item'
import { isPlatformPart, isSameContent } from '@/lib/release/part-text'
import { type Snapshot, snapshotDigest } from '@/lib/release/snapshot'
import { progress } from './progress'
import type { Run } from './run'
import { type Done, done, fail } from './step'

/**
 * A deployment pipeline copies whatever the stage before holds now. Dev has to be the release to the byte; a later stage has to hold
 * each item that is copied as the release has it, rewritten for that stage.
 */
export async function checkSource(run: Run, input: PlanInput, items: readonly PlannedItem[]): Promise<Done<true>> {
  const stage = input.environments.find(environment => environment.tier === run.stageTier)
  if (stage === undefined || items.length === 0) return done(true)
  await progress(run, 'deploy', '', 'running', `Reading ${stage.workspaceName} again`)
  const source = await readWorkspace(run.fabric, stage.workspaceId)
  const differences =
    run.stageTier === 'dev' ? releaseDifference(source, run.release.digest) : itemDifferences(run, input, items, source)
  if (differences.length === 0) return done(true)
  const message = `${stage.workspaceName} is no longer what release ${run.release.number} says: ${differences.slice(0, 5).join('; ')}. A deployment pipeline would copy that, so none was started.`
  await progress(run, 'deploy', '', 'failed', message)
  return fail('failed', message)
}

/** Before the first deployment of a promotion. False when one was begun already: what is still to be started is then checked one by one. */
export async function checkSourceFirst(
  run: Run,
  input: PlanInput,
  items: readonly PlannedItem[],
): Promise<Done<boolean>> {
  const where = { promotionId: run.promotionId, key: { startsWith: 'deploy:' } }
  if ((await run.db.fabricIntent.count({ where })) > 0) return done(false)
  return checkSource(run, input, items)
}

const releaseDifference = (source: Snapshot, digest: string): string[] =>
  snapshotDigest(source) === digest ? [] : ['its items differ from the release']

function itemDifferences(run: Run, input: PlanInput, items: readonly PlannedItem[], source: Snapshot): string[] {
  const stageTarget = { ...input.target, workspaceId: source.workspaceId, items: source.items }
  const stageInput: PlanInput = {
    ...input,
    tier: run.stageTier,
    target: stageTarget,
    strategy: 'definitions',
    pairing: null,
  }
  const rewriting = { ...stageInput, resolution: buildResolution(stageInput) }
  return items.flatMap(planned => {
    const label = itemLabel({ type: planned.type, name: planned.sourceName })
    const item = input.release.items.find(one => one.objectId === planned.sourceId)
    const there = source.items.find(one => one.objectId === planned.pipelineSourceId)
    if (item === undefined || there === undefined) return [`${label} is not there`]
    const read = new Map((there.parts ?? []).map(part => [part.path, part]))
    const expected = rewriteItem(item, there.name, rewriting).parts ?? []
    const differs = expected.some(part => {
      const found = read.get(part.path)
      return !isPlatformPart(part.path) && (found === undefined || !isSameContent(part, found))
    })
    return differs ? [`${label} was changed`] : []
  })
}

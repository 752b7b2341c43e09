import { publishEnvironment } from '@/lib/fabric/environments'
import { FabricError } from '@/lib/fabric/errors'
import { getActiveValueSet, setActiveValueSet } from '@/lib/fabric/variable-libraries'
import type { Plan } from '@/lib/promotion/plan'
import { progress, requireOwn } from './progress'
import type { Run } from './run'
import { type Done, done, type Failure, step } from './step'
import { tracked } from './tracked'
import type { WrittenItems } from './write-items'

/** What a definition cannot say: the active value set of each library, and the publishing of each Environment that changed. */
export async function finishItems(run: Run, plan: Plan, written: WrittenItems): Promise<Failure[]> {
  const failures: Failure[] = []
  const keep = (result: Done<true>) => {
    if (!result.ok) failures.push(result.failure)
  }
  for (const { library, sourceId, targetId, valueSet } of plan.activeValueSets) {
    const id = written.get(sourceId)?.id ?? targetId
    if (id !== null) keep(await step(`value set of ${library}`, () => activate(run, library, id, valueSet)))
  }
  for (const item of plan.items) {
    const isChanged = item.type === 'Environment' && (item.action === 'create' || item.action === 'update')
    const id = written.get(item.sourceId ?? '')?.id ?? item.targetId
    if (isChanged && id !== null)
      keep(await step(`publish ${item.targetName}`, () => publish(run, item.targetName, id)))
  }
  return failures
}

async function activate(run: Run, library: string, id: string, valueSet: string): Promise<Done<true>> {
  const { fabric, environment } = run
  const label = `VariableLibrary ${library}`
  if ((await getActiveValueSet(fabric, environment.workspaceId, id)) === valueSet) return done(true)
  await requireOwn(run)
  await setActiveValueSet(fabric, environment.workspaceId, id, valueSet)
  await progress(run, 'finish', label, 'done', `Value set ${valueSet} is active`)
  return done(true)
}

async function publish(run: Run, name: string, id: string): Promise<Done<true>> {
  const label = `Environment ${name}`
  await progress(run, 'finish', label, 'running', 'Publishing; this takes minutes')
  await requireOwn(run)
  try {
    await tracked(run, `publish ${label}`, onStarted =>
      publishEnvironment(run.fabric, run.environment.workspaceId, id, onStarted),
    )
  } catch (error) {
    if (error instanceof FabricError) await progress(run, 'finish', label, 'failed', error.explanation)
    throw error
  }
  await progress(run, 'finish', label, 'done', 'Published')
  return done(true)
}

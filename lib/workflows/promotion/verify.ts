import { FabricError, hasErrorCode } from '@/lib/fabric/errors'
import { listItemConnections } from '@/lib/fabric/items'
import { readTarget, type WorkspaceState } from '@/lib/fabric/read-workspace'
import { pause } from '@/lib/fabric/time'
import { getActiveValueSet } from '@/lib/fabric/variable-libraries'
import { buildResolution } from '@/lib/promotion/build-resolution'
import { itemLabel, type Plan } from '@/lib/promotion/plan'
import type { KnownEnvironment, PlanInput } from '@/lib/promotion/plan-input'
import { rewriteItem } from '@/lib/promotion/rewrite-item'
import { type Finding, verifyTarget } from '@/lib/promotion/verify-target'
import type { Part } from '@/lib/release/snapshot'
import { progress } from './progress'
import type { Run } from './run'
import { type Done, done, fail } from './step'
import type { WrittenItems } from './write-items'

const withConnections = new Set([
  'SemanticModel',
  'DataPipeline',
  'Dataflow',
  'CopyJob',
  'PaginatedReport',
  'Eventstream',
  'MirroredDatabase',
  'Reflex',
])
const mostReads = 4

/** Reads the target back and compares it with the plan: items, content, names of other tiers, bindings (policy 4.1, step 2). */
export async function verify(run: Run, input: PlanInput, plan: Plan, written: WrittenItems): Promise<Done<true>> {
  await progress(run, 'verify', '', 'running', `Reading ${run.environment.workspaceName} back`)
  const findings = await readUntilSettled(run, input, plan, written)
  for (const finding of findings) await progress(run, 'verify', finding.item, 'failed', finding.message)
  if (findings.length === 0) {
    await progress(run, 'verify', '', 'done', 'Every item is as planned')
    return done(true)
  }
  const some = findings.slice(0, 5).map(finding => finding.message)
  const more = findings.length > 5 ? ` and ${findings.length - 5} more` : ''
  const message = `The target is not what the plan said: ${some.join(' ')}${more}`
  await progress(run, 'verify', '', 'failed', message)
  return fail('failed', message)
}

/** A list may lag behind what was written: a missing item is looked for again. */
async function readUntilSettled(run: Run, input: PlanInput, plan: Plan, written: WrittenItems): Promise<Finding[]> {
  const expected = expectedParts(input, plan, written)
  for (let read = 1; ; read += 1) {
    const target = await readTarget(run.fabric, run.environment.workspaceId)
    const environments = withTarget(input, target)
    const findings = verifyTarget({ plan, target, expected, environments, variables: input.variables })
    if (findings.some(finding => finding.kind === 'missing') && read < mostReads) {
      await pause(run.fabric.patience.listLagMs)
      continue
    }
    return [
      ...findings,
      ...(await bindingFindings(run, target, environments)),
      ...(await valueSetFindings(run, plan, written)),
    ]
  }
}

function expectedParts(input: PlanInput, plan: Plan, written: WrittenItems): Map<string, readonly Part[]> {
  const rewriting = { ...input, resolution: buildResolution(input, written) }
  const items = new Map(input.release.items.map(item => [item.objectId, item]))
  return new Map(
    plan.items.flatMap(planned => {
      const item = items.get(planned.sourceId ?? '')
      const parts = item === undefined || planned.shell ? null : rewriteItem(item, planned.targetName, rewriting).parts
      return item === undefined || parts === null ? [] : [[item.objectId, parts] as const]
    }),
  )
}

function withTarget(input: PlanInput, target: WorkspaceState): KnownEnvironment[] {
  const own = input.environments.find(environment => environment.tier === input.tier)
  const items = target.items.map(({ objectId, type, name, sqlEndpoint }) => ({ id: objectId, type, name, sqlEndpoint }))
  const { workspaceId, workspaceName, capacity } = target
  const here = { tier: input.tier, workspaceId, workspaceName, capacity, items, connections: own?.connections ?? [] }
  return [...input.environments.filter(environment => environment !== own), here]
}

async function bindingFindings(
  run: Run,
  target: WorkspaceState,
  environments: readonly KnownEnvironment[],
): Promise<Finding[]> {
  const { tier } = run.environment
  const own = new Set(environments.filter(one => one.tier === tier).flatMap(one => one.connections.map(({ id }) => id)))
  const foreign = new Map(
    environments
      .filter(environment => environment.tier !== tier)
      .flatMap(environment =>
        environment.connections.map(connection => [connection.id, { ...connection, tier: environment.tier }] as const),
      ),
  )
  const bound = target.items.filter(item => withConnections.has(item.type))
  const found = await Promise.all(
    bound.map(async item => {
      const connections = await connectionsOf(run, item.objectId)
      return connections.flatMap(({ id }): Finding[] => {
        const other = id && !own.has(id) ? foreign.get(id) : undefined
        const label = itemLabel(item)
        const message = `Wrong binding in ${label}: it is bound to ${other?.displayName}, a connection of ${other?.tier}.`
        return other === undefined ? [] : [{ item: label, kind: 'leak', part: null, message }]
      })
    }),
  )
  return found.flat()
}

async function connectionsOf({ fabric, environment }: Run, itemId: string) {
  try {
    return await listItemConnections(fabric, environment.workspaceId, itemId)
  } catch (error) {
    if (hasErrorCode(error, 'OperationNotSupportedForItem')) return []
    if (error instanceof FabricError && error.status === 404) return []
    throw error
  }
}

async function valueSetFindings({ fabric, environment }: Run, plan: Plan, written: WrittenItems): Promise<Finding[]> {
  const found = await Promise.all(
    plan.activeValueSets.map(async ({ library, sourceId, targetId, valueSet }): Promise<Finding[]> => {
      const id = written.get(sourceId)?.id ?? targetId
      const active = id === null ? null : await getActiveValueSet(fabric, environment.workspaceId, id)
      const item = `VariableLibrary ${library}`
      const message = `${item}: the active value set is ${active ?? 'not known'}, planned was ${valueSet}.`
      return active === valueSet ? [] : [{ item, kind: 'different', part: null, message }]
    }),
  )
  return found.flat()
}

import { digestOf } from '@/lib/kernel/digest'
import { type ContentChange, contentChange } from '@/lib/release/diff'
import { holdsData, itemTypeNamed } from '@/lib/release/item-types'
import { isPlatformPart, isSameContent } from '@/lib/release/part-text'
import type { Part, SnapshotItem } from '@/lib/release/snapshot'
import type { LeakScan } from './leaks'
import { type Pair, stageSourceId } from './pairing'
import { type Action, itemLabel, type Leak, type PlannedItem, type PlannedPart } from './plan'
import type { PlanInput } from './plan-input'
import { type Dangling, danglingReferences, type IsKnown } from './references'
import type { Rewriting, RewrittenItem, RewrittenPart, RuleHit } from './rewrite-item'
import { isShell, whyNotSupported } from './support'

export type ItemContext = {
  readonly input: PlanInput
  readonly rewriting: Rewriting
  readonly rewritten: (item: SnapshotItem) => RewrittenItem
  readonly scan: LeakScan
  readonly isKnown: IsKnown
  readonly orderOf: (item: SnapshotItem) => number
  readonly isCyclic: (item: SnapshotItem) => boolean
  /** Two items of the release would become this one item of the target. */
  readonly isContested: (pair: Pair) => boolean
}

export type ItemPlan = {
  readonly planned: PlannedItem
  readonly hits: readonly RuleHit[]
  readonly leaks: readonly Leak[]
  readonly foreign: readonly Dangling[]
}

type Verdict = { readonly action: Action; readonly because: readonly string[] }
type Route = Pick<PlannedItem, 'via' | 'thenDefinition' | 'pipelineSourceId'>
const nowhere: Route = { via: 'none', thenDefinition: false, pipelineSourceId: null }

export function planItem(pair: Pair, context: ItemContext): ItemPlan {
  const { item, target, targetName } = pair
  const { input, rewriting } = context
  const unsupported = whyNotSupported(item, input.identity)
  if (unsupported !== null) return idle(pair, context, { action: 'not-supported', because: [unsupported] })
  const shell = isShell(item)
  const { parts, hits } = context.rewritten(item)
  const leaks = context.scan({ type: item.type, name: targetName, parts })
  const dangling = shell ? [] : danglingReferences(item, rewriting.resolution, context.isKnown)
  const change = target === null ? null : contentChange(target, arriving(pair, parts ?? target.parts))
  const isRewritten = hasChanged(item.parts ?? [], parts ?? [])
  const route = routeOf(pair, input, isRewritten)
  const blocks = [
    ...unmet(pair, context),
    ...dangling.filter(one => one.local).map(one => danglingSentence(one)),
    ...leaks.map(leakSentence),
  ]
  const verdict = verdictOf(pair, context, route, shell, change, blocks)
  const writes = verdict.action === 'create' || verdict.action === 'update'
  return {
    planned: {
      ...described(pair, context),
      ...(writes ? route : nowhere),
      action: verdict.action,
      because: [...verdict.because, ...(writes ? routeReason(route, pair, isRewritten, input) : [])],
      secondWrite: writes && context.isCyclic(item) && (parts ?? []).some(part => part.awaits.length > 0),
      shell,
      changes: target === null ? ['added'] : verdict.action === 'unchanged' ? [] : [...(change?.sentences ?? [])],
      reloadsData: change?.reloadsData ?? false,
      parts: plannedParts(target?.parts ?? [], parts),
    },
    hits,
    leaks,
    foreign: dangling.filter(one => !one.local),
  }
}

/** The item as it is going to stand in the target; Fabric takes folder names in any case. */
const arriving = (pair: Pair, parts: readonly Part[] | null): SnapshotItem => ({
  ...pair.item,
  name: pair.targetName,
  folder: isMoved(pair) ? pair.item.folder : (pair.target?.folder ?? pair.item.folder),
  parts,
})

const isMoved = ({ item, target }: Pair): boolean =>
  target !== null && target.folder.toLowerCase() !== item.folder.toLowerCase()

function verdictOf(
  pair: Pair,
  context: ItemContext,
  route: Route,
  shell: boolean,
  change: ContentChange | null,
  blocks: readonly string[],
): Verdict {
  const duplicate = duplicateSentence(pair, context, route)
  if (duplicate !== null) return { action: 'would-duplicate', because: [duplicate, ...blocks] }
  if (blocks.length > 0) return { action: 'blocked', because: blocks }
  if (pair.target === null) {
    const how = shell ? 'It is created empty, by its name.' : 'It is created.'
    return { action: 'create', because: [`The target does not have it yet. ${how}`] }
  }
  const keeps = holdsData(pair.item.type) ? [' It holds data, which stays.'] : []
  if (change === null || change.sentences.length === 0) {
    if (shell)
      return { action: 'unchanged', because: [`It exists, and it has no definition to update.${keeps.join('')}`] }
    return { action: 'unchanged', because: ['The target already holds it as it is in the release.'] }
  }
  return { action: 'update', because: [`The target differs from the release.${keeps.join('')}`] }
}

function duplicateSentence(pair: Pair, context: ItemContext, route: Route): string | null {
  const label = itemLabel({ type: pair.item.type, name: pair.targetName })
  if (context.isContested(pair)) return `More than one item of the release would become ${label} in the target.`
  const { pairing } = context.input
  if (route.via !== 'pipeline' || pair.target === null) return null
  const targetId = pair.target.objectId.toLowerCase()
  if (pairing?.edges.some(edge => edge.targetItemId.toLowerCase() === targetId)) return null
  return `The target holds a ${label} that the deployment pipeline has not paired with it: a deploy would create a duplicate. Pair the two, or rename or remove one.`
}

function unmet({ missingVariable }: Pair, { input }: ItemContext): string[] {
  if (missingVariable === null) return []
  return [`Its name comes from the variable ${missingVariable}, which has no value for ${input.tier}.`]
}

export const leakSentence = (leak: Leak): string =>
  `${leak.part}, ${leak.place}, holds ${leak.found} (${leak.what} of ${leak.belongsTo})${leak.expected === null ? '' : `; expected ${leak.expected}`}.`

const danglingSentence = ({ part, place, found }: Dangling): string =>
  `${part}, ${place}, points to ${found}, which is not in the release and not known in the target.`

/**
 * Existing items whose rewritten form differs are written once, already rewritten: the pipeline would show another tier's values in
 * between. So are those that move, since a pipeline leaves a paired item in its folder, and those that have no definition to copy.
 */
function routeOf(pair: Pair, input: PlanInput, isRewritten: boolean): Route {
  const direct: Route = { via: 'definition', thenDefinition: false, pipelineSourceId: null }
  if (input.strategy === 'definitions') return direct
  const pipelineSourceId = stageSourceId(input, pair.item)
  const fits = itemTypeNamed(pair.item.type)?.pipelines === 'yes' && pair.targetName === pair.item.name
  const isDirect = pair.target !== null && (isRewritten || isMoved(pair) || isShell(pair.item))
  if (!fits || pipelineSourceId === null || isDirect) return direct
  return { via: 'pipeline', thenDefinition: isRewritten, pipelineSourceId }
}

function routeReason(route: Route, pair: Pair, isRewritten: boolean, input: PlanInput): string[] {
  if (input.strategy === 'definitions') return []
  if (route.via === 'pipeline')
    return route.thenDefinition ? ['After the deployment pipeline its definition is written for the tier.'] : []
  if (itemTypeNamed(pair.item.type)?.pipelines !== 'yes') return ['Deployment pipelines do not carry this type.']
  if (pair.targetName !== pair.item.name)
    return ['It has another name in the target, which a deployment pipeline would undo.']
  if (isRewritten) return ['It is written already rewritten, so that it never shows values of another tier.']
  if (isMoved(pair)) return ['It moves to another folder, so it is written without the deployment pipeline.']
  if (isShell(pair.item)) return ['It has no definition that a deployment pipeline could copy again.']
  return ['The source stage is not known to hold it.']
}

function idle(pair: Pair, context: ItemContext, { action, because }: Verdict): ItemPlan {
  const planned: PlannedItem = {
    ...described(pair, context),
    ...nowhere,
    action,
    because: [...because],
    secondWrite: false,
    shell: false,
    changes: [],
    reloadsData: false,
    parts: [],
  }
  return { planned, hits: [], leaks: [], foreign: [] }
}

const described = ({ item, target, targetName }: Pair, { orderOf }: ItemContext) => ({
  type: item.type,
  sourceName: item.name,
  targetName,
  sourceId: item.objectId,
  targetId: target?.objectId ?? null,
  folder: item.folder,
  currentFolder: target?.folder ?? null,
  description: item.description,
  holdsData: holdsData(item.type),
  order: orderOf(item),
})

function plannedParts(before: readonly Part[], after: readonly RewrittenPart[] | null): PlannedPart[] {
  const old = new Map(before.map(part => [part.path, part]))
  const kept = (after ?? []).map(part => ({
    path: part.path,
    before: digestOrNull(old.get(part.path)),
    after: part.awaits.length > 0 ? null : digestOf(part.bytes),
    awaits: [...part.awaits],
  }))
  const paths = new Set(kept.map(part => part.path))
  const removed = after === null ? [] : before.filter(part => !paths.has(part.path))
  return [...kept, ...removed.map(part => ({ path: part.path, before: digestOf(part.bytes), after: null, awaits: [] }))]
}

const digestOrNull = (part: Part | undefined) => (part === undefined ? null : digestOf(part.bytes))

function hasChanged(before: readonly Part[], after: readonly RewrittenPart[]): boolean {
  const old = new Map(before.map(part => [part.path, part]))
  return after.some(part => {
    const previous = old.get(part.path)
    return !isPlatformPart(part.path) && (previous === undefined || !isSameContent(previous, part))
  })
}

import { ruleSetDigest } from '@/lib/configuration/configuration'
import { tierFacts } from '@/lib/environment/tier'
import { holdsData, isAutoCreated, itemTypeNamed } from '@/lib/release/item-types'
import { snapshotDigest } from '@/lib/release/snapshot'
import { buildResolution } from './build-resolution'
import { environmentsWith } from './known-environments'
import { leakScan } from './leaks'
import { promotionOrder } from './order'
import { logicalIdOf, nameKey, type Pair, pairItems } from './pairing'
import { actions, itemLabel, type Plan, type PlannedItem, type RuleEffect } from './plan'
import type { PlanInput, TargetItem } from './plan-input'
import { type ItemPlan, planItem } from './plan-item'
import { ruleEffects } from './plan-rules'
import { knownIds } from './references'
import { awaiting, endpointOf } from './resolution'
import { type Rewriting, type RewrittenItem, rewriteItem } from './rewrite-item'
import { isShell } from './support'
import { valueSetFor } from './value-set'

/** What a promotion of the release into the target will do, item by item and rule by rule. Pure: the same input gives the same plan. */
export function planPromotion(given: PlanInput): Plan {
  const pairs = pairItems(given)
  const environments = environmentsWith(given.environments, given.target, given.tier, comingItems(pairs))
  const input = { ...given, environments }
  const resolution = buildResolution(input)
  const rewriting = { ...input, resolution }
  const rewritten = new Map(pairs.map(pair => [pair.item, rewrittenItem(pair, rewriting)]))
  const { levels, cyclic } = promotionOrder([...rewritten.keys()], awaitedItems(pairs, rewritten))
  const order = new Map(levels.flatMap((level, number) => level.map(item => [item, number] as const)))
  const context = {
    input,
    rewriting,
    rewritten: (item: Pair['item']) => rewritten.get(item) ?? nothing,
    scan: leakScan(input.environments, input.variables, input.tier),
    isKnown: knownIds(resolution),
    orderOf: (item: Pair['item']) => order.get(item) ?? 0,
    isCyclic: (item: Pair['item']) => cyclic.has(item),
    isContested: contested(pairs),
  }
  const ranks = new Map(levels.flat().map((item, rank) => [item, rank]))
  const sorted = pairs.toSorted((a, b) => (ranks.get(a.item) ?? 0) - (ranks.get(b.item) ?? 0))
  const plans = sorted.map(pair => planItem(pair, context))
  const items = [...plans.map(({ planned }) => planned), ...staysBehind(input, pairs, levels.length)]
  const hits = plans.flatMap(({ planned, hits }) => hits.map(hit => ({ ...hit, item: labelOf(planned) })))
  const rules = ruleEffects(input, hits, resolution)
  return {
    tier: input.tier,
    strategy: input.strategy,
    releaseDigest: snapshotDigest(input.release),
    ruleSetDigest: ruleSetDigest(input.variables, input.rules, input.tier),
    targetWorkspaceId: input.target.workspaceId,
    targetWorkspaceName: input.target.workspaceName,
    items,
    rules,
    leaks: plans.flatMap(({ leaks }) => leaks),
    activeValueSets: activeValueSets(input, sorted, items),
    warnings: warningsOf(plans, rules),
    blockers: [
      ...copiedItems(pairs),
      ...blockedItems(items),
      ...blockingRules(rules),
      ...capacityBlockers(input, items, rules),
    ],
    counts: countsOf(items),
  }
}

const labelOf = (planned: PlannedItem) => itemLabel({ type: planned.type, name: planned.targetName })

const nothing: RewrittenItem = { parts: null, hits: [] }

const rewrittenItem = ({ item, targetName }: Pair, rewriting: Rewriting): RewrittenItem =>
  isShell(item) ? nothing : rewriteItem(item, targetName, rewriting)

/** The items of the release that the rewritten form of an item waits for: those that the target does not have yet. */
function awaitedItems(pairs: readonly Pair[], rewritten: ReadonlyMap<Pair['item'], RewrittenItem>) {
  const byLabel = new Map(pairs.map(({ item, targetName: name }) => [itemLabel({ type: item.type, name }), item]))
  return (item: Pair['item']) =>
    (rewritten.get(item)?.parts ?? [])
      .flatMap(part => part.awaits)
      .flatMap(label => byLabel.get(label.slice(label.startsWith(endpointOf) ? endpointOf.length : 0)) ?? [])
}

/** The items that the target is going to have, under ids that are not known yet. */
const comingItems = (pairs: readonly Pair[]) =>
  pairs
    .filter(({ target }) => target === null)
    .map(({ item: { type }, targetName: name }) => ({ id: awaiting(itemLabel({ type, name })), type, name }))

function contested(pairs: readonly Pair[]): (pair: Pair) => boolean {
  const takers = new Map<string, number>()
  const key = ({ item, targetName }: Pair) => nameKey({ type: item.type, name: targetName })
  for (const pair of pairs) takers.set(key(pair), (takers.get(key(pair)) ?? 0) + 1)
  return pair => (takers.get(key(pair)) ?? 0) > 1
}

function staysBehind({ target }: PlanInput, pairs: readonly Pair[], order: number): PlannedItem[] {
  const paired = new Set(pairs.flatMap(pair => pair.target?.objectId ?? []))
  const left = target.items.filter(item => !paired.has(item.objectId) && !isAutoCreated(item, target.items))
  return left.sort((a, b) => (nameKey(a) < nameKey(b) ? -1 : 1)).map(item => leftAsItIs(item, order))
}

const leftAsItIs = (item: TargetItem, order: number): PlannedItem => ({
  type: item.type,
  sourceName: item.name,
  targetName: item.name,
  sourceId: null,
  targetId: item.objectId,
  folder: item.folder,
  currentFolder: item.folder,
  description: item.description,
  action: 'stays-behind',
  via: 'none',
  thenDefinition: false,
  pipelineSourceId: null,
  secondWrite: false,
  shell: false,
  holdsData: holdsData(item.type),
  because: [
    `It is in the target, but not in the release. A promotion deletes nothing${holdsData(item.type) ? '; it holds data' : ''}.`,
  ],
  changes: [],
  reloadsData: false,
  parts: [],
  order,
})

function activeValueSets(input: PlanInput, pairs: readonly Pair[], items: readonly PlannedItem[]) {
  const goes = new Set(items.filter(({ action }) => isGoing(action)).map(({ sourceId }) => sourceId))
  return pairs.flatMap(({ item, target, targetName }) => {
    const valueSet = goes.has(item.objectId) ? valueSetFor(item, input.tier) : null
    if (valueSet === null) return []
    return [{ library: targetName, sourceId: item.objectId, targetId: target?.objectId ?? null, valueSet }]
  })
}

const isGoing = (action: PlannedItem['action']) => action === 'create' || action === 'update' || action === 'unchanged'

function warningsOf(plans: readonly ItemPlan[], rules: readonly RuleEffect[]): string[] {
  const pointing = new Map<string, Set<string>>()
  for (const { planned, foreign } of plans) {
    for (const { found } of foreign) {
      const id = found.toLowerCase()
      pointing.set(id, (pointing.get(id) ?? new Set()).add(labelOf(planned)))
    }
  }
  return [
    ...rules.filter(({ status }) => status === 'no-hit').map(({ message }) => message),
    ...plans.flatMap(({ planned }) => [
      ...(planned.action === 'not-supported'
        ? [`${labelOf(planned)} is not promoted. ${planned.because.join(' ')}`]
        : []),
      ...(planned.reloadsData ? [`${labelOf(planned)}: its data has to be loaded again afterwards.`] : []),
    ]),
    ...[...pointing].map(([id, labels]) => outsideWarning(id, [...labels])),
  ]
}

function outsideWarning(id: string, [first = '', ...others]: readonly string[]): string {
  const who = others.length === 0 ? `${first} points` : `${first} and ${others.length} more point`
  return `${who} to ${id}, outside this project; it stays as it is.`
}

/** An item folder that was copied keeps its logical id: nobody can tell which of the two a reference means. */
function copiedItems(pairs: readonly Pair[]): string[] {
  const owners = new Map<string, string[]>()
  for (const { item } of pairs) {
    const logicalId = logicalIdOf(item)?.toLowerCase()
    if (logicalId !== undefined) owners.set(logicalId, [...(owners.get(logicalId) ?? []), itemLabel(item)])
  }
  return [...owners]
    .filter(([, labels]) => labels.length > 1)
    .map(([id, labels]) => `${labels.join(' and ')} have the same logical id ${id}. Give the copy its own in git.`)
}

const blockedItems = (items: readonly PlannedItem[]) =>
  items
    .filter(({ action }) => action === 'blocked' || action === 'would-duplicate')
    .map(item => `${labelOf(item)}: ${item.because.join(' ')}`)

const blockingRules = (rules: readonly RuleEffect[]) =>
  rules.filter(({ status }) => status === 'missing-value' || status === 'mismatch').map(({ message }) => message)

function capacityBlockers(
  { target, tier }: PlanInput,
  items: readonly PlannedItem[],
  rules: readonly RuleEffect[],
): string[] {
  const needs = items.filter(item => item.via !== 'none' && itemTypeNamed(item.type)?.needsCapacity === true)
  const [first] = needs
  if (first === undefined) return []
  const { label } = tierFacts[tier]
  if (target.capacity === null) {
    const isSaid = rules.some(rule => rule.kind === 'capacity' && rule.status === 'mismatch')
    return isSaid ? [] : [`The ${label} workspace has no capacity, which ${labelOf(first)} needs. Assign one.`]
  }
  if (target.capacity.state.toLowerCase() === 'active') return []
  return [
    `The capacity ${target.capacity.displayName} of ${label} is not active (${target.capacity.state}). Resume it.`,
  ]
}

function countsOf(items: readonly PlannedItem[]): Plan['counts'] {
  const counts = Object.fromEntries(actions.map(action => [action, 0])) as Plan['counts']
  for (const { action } of items) counts[action] += 1
  return counts
}

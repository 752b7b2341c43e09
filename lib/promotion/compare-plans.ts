import { itemLabel, type Plan, type PlannedItem } from './plan'

/** How a plan differs from the one that was approved, as sentences: what it would do to which item. Empty when it would do the same. */
export function planDifferences(approved: Plan, now: Plan): string[] {
  const before = new Map(approved.items.map(item => [keyOf(item), item]))
  const after = new Map(now.items.map(item => [keyOf(item), item]))
  const changed = now.items.flatMap(item => itemDifference(before.get(keyOf(item)), item))
  const gone = approved.items.filter(item => !after.has(keyOf(item))).map(item => `${labelOf(item)} is no longer there`)
  const rules = approved.ruleSetDigest === now.ruleSetDigest ? [] : ['the variables or rules of the tier were changed']
  const release = approved.releaseDigest === now.releaseDigest ? [] : ['the release is another one']
  const workspace =
    approved.targetWorkspaceName === now.targetWorkspaceName && approved.targetWorkspaceId === now.targetWorkspaceId
      ? []
      : [`the target workspace is ${now.targetWorkspaceName} now`]
  return [...release, ...rules, ...workspace, ...changed, ...gone]
}

const keyOf = (item: PlannedItem) => `${item.sourceId ?? ''}/${item.type}/${item.targetName}`.toLowerCase()
const labelOf = (item: PlannedItem) => itemLabel({ type: item.type, name: item.targetName })

function itemDifference(before: PlannedItem | undefined, now: PlannedItem): string[] {
  const label = labelOf(now)
  if (before === undefined) return [`${label} is new in the plan (${now.action})`]
  if (before.action !== now.action)
    return [`${label} was to be ${words[before.action]} and would be ${words[now.action]}`]
  if (before.targetId !== now.targetId) return [`${label} is another item in the target than it was`]
  const partsBefore = new Map(before.parts.map(part => [part.path, part.before]))
  const touched = now.parts.filter(part => partsBefore.get(part.path) !== part.before).map(part => part.path)
  return touched.length > 0 ? [`${label} was changed in the target meanwhile (${touched.slice(0, 3).join(', ')})`] : []
}

const words: Readonly<Record<PlannedItem['action'], string>> = {
  create: 'created',
  update: 'updated',
  unchanged: 'left unchanged',
  'stays-behind': 'left behind',
  'not-supported': 'left out as not supported',
  'would-duplicate': 'refused as a duplicate',
  blocked: 'blocked',
}

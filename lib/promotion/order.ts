import { publishRank } from '@/lib/release/item-types'
import type { SnapshotItem } from '@/lib/release/snapshot'
import { nameKey } from './pairing'
import { itemReferences } from './references'

export type Ordered = {
  /** Items of one level name no item of the same or a later level, but for those in `cyclic`. */
  readonly levels: readonly (readonly SnapshotItem[])[]
  /** Items that name, directly or through others, an item that is written no earlier than they are. */
  readonly cyclic: ReadonlySet<SnapshotItem>
}

type References = ReturnType<typeof itemReferences>

/**
 * The order of writing: first what others refer to, by the references that the definitions really hold, and by what their rewritten form
 * awaits (a lakehouse bound by its name, a SQL endpoint). What stands in a circle is let through by the order in which Fabric's types are
 * usually published; the same order sorts the items within a level.
 */
export function promotionOrder(
  items: readonly SnapshotItem[],
  awaited: (item: SnapshotItem) => readonly SnapshotItem[] = () => [],
): Ordered {
  const held = itemReferences(items)
  const needs = (item: SnapshotItem) => [...(held.get(item) ?? []), ...awaited(item)].filter(other => other !== item)
  const references: References = new Map(items.map(item => [item, new Set(needs(item))]))
  const waiting = new Set(items)
  const cyclic = new Set<SnapshotItem>()
  const levels: SnapshotItem[][] = []
  while (waiting.size > 0) {
    const isFree = (item: SnapshotItem) => ![...(references.get(item) ?? [])].some(other => waiting.has(other))
    const free = [...waiting].filter(isFree).sort(byPublishOrder)
    const level = free.length > 0 ? free : firstOfCircle(waiting, references)
    if (free.length === 0) for (const item of level) cyclic.add(item)
    for (const item of level) waiting.delete(item)
    levels.push(level)
  }
  return { levels, cyclic }
}

function firstOfCircle(waiting: ReadonlySet<SnapshotItem>, references: References): SnapshotItem[] {
  const circular = [...waiting].filter(item => reaches(item, item, waiting, references))
  return circular.sort(byPublishOrder).slice(0, 1)
}

function reaches(
  from: SnapshotItem,
  to: SnapshotItem,
  within: ReadonlySet<SnapshotItem>,
  references: References,
): boolean {
  const seen = new Set<SnapshotItem>()
  const open = [from]
  for (let item = open.pop(); item !== undefined; item = open.pop()) {
    for (const next of references.get(item) ?? []) {
      if (next === to) return true
      if (!within.has(next) || seen.has(next)) continue
      seen.add(next)
      open.push(next)
    }
  }
  return false
}

function byPublishOrder(a: SnapshotItem, b: SnapshotItem): number {
  const rank = publishRank(a.type) - publishRank(b.type)
  if (rank !== 0) return rank
  const [left, right] = [nameKey(a), nameKey(b)]
  return left < right ? -1 : left > right ? 1 : 0
}

import type { Variable } from '@/lib/configuration/variable'
import { isPlatformPart, isSameContent } from '@/lib/release/part-text'
import type { Part } from '@/lib/release/snapshot'
import { environmentsWith } from './known-environments'
import { leakScan } from './leaks'
import { nameKey } from './pairing'
import { itemLabel, type Leak, type Plan, type PlannedItem } from './plan'
import type { KnownEnvironment, TargetItem, TargetState } from './plan-input'
import { leakSentence } from './plan-item'

export type Finding = {
  readonly item: string
  readonly kind: 'missing' | 'duplicate' | 'different' | 'wrong-name' | 'wrong-folder' | 'leak'
  /** The part, when one is meant. */
  readonly part: string | null
  readonly message: string
}

export type Verification = {
  readonly plan: Plan
  /** The target, read again after the last write. */
  readonly target: TargetState
  /** The parts that were written, by the source object id of the item. */
  readonly expected: ReadonlyMap<string, readonly Part[]>
  readonly environments: readonly KnownEnvironment[]
  readonly variables: readonly Variable[]
}

/**
 * Compares the target with the plan: every item there, once, under its name, in its folder, saying what was written, and no id or name of
 * another tier in any of its parts. Line ends, order of JSON keys, white space and logical ids do not count. Empty: all is as planned.
 */
export function verifyTarget(verification: Verification): Finding[] {
  const { plan, target, environments, variables } = verification
  const planned = plan.items.filter(
    ({ action }) => action === 'create' || action === 'update' || action === 'unchanged',
  )
  const scan = leakScan(environmentsWith(environments, target, plan.tier), variables, plan.tier)
  const leaks = target.items.flatMap(item => scan(item)).map(leakFinding)
  return [...planned.flatMap(item => itemFindings(item, verification)), ...leaks]
}

function itemFindings(planned: PlannedItem, { target, expected }: Verification): Finding[] {
  const wanted = { type: planned.type, name: planned.targetName }
  const label = itemLabel(wanted)
  const named = target.items.filter(item => nameKey(item) === nameKey(wanted))
  const actual = target.items.find(item => item.objectId === planned.targetId) ?? named[0]
  const finding = (kind: Finding['kind'], message: string, part: string | null = null): Finding => ({
    item: label,
    kind,
    part,
    message,
  })
  if (actual === undefined) return [finding('missing', `${label} is not in the target.`)]
  const parts = planned.sourceId === null ? undefined : expected.get(planned.sourceId)
  return [
    ...(named.length > 1 ? [finding('duplicate', `The target holds ${named.length} items ${label}.`)] : []),
    ...(actual.name === planned.targetName ? [] : [finding('wrong-name', `${label} is named ${actual.name}.`)]),
    ...(folderOf(actual.folder) === folderOf(planned.folder)
      ? []
      : [
          finding(
            'wrong-folder',
            `${label} is in folder ${actual.folder || 'root'}, planned was ${planned.folder || 'root'}.`,
          ),
        ]),
    ...(parts === undefined || planned.shell
      ? []
      : differences(parts, actual).map(([part, message]) => finding('different', `${label}: ${message}`, part))),
  ]
}

function differences(parts: readonly Part[], actual: TargetItem): [string, string][] {
  const read = new Map((actual.parts ?? []).map(part => [part.path, part]))
  return parts.flatMap(part => {
    if (isPlatformPart(part.path)) return []
    const found = read.get(part.path)
    if (found === undefined) return [[part.path, `${part.path} is missing.`]]
    return isSameContent(part, found) ? [] : [[part.path, `${part.path} is not what was written.`]]
  })
}

const leakFinding = (leak: Leak): Finding => ({
  item: leak.item,
  kind: 'leak',
  part: leak.part,
  message: `Wrong binding in ${leak.item}: ${leakSentence(leak)}`,
})

const folderOf = (folder: string) => folder.replace(/^\/+|\/+$/g, '').toLowerCase()

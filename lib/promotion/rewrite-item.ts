import { variableNamed } from '@/lib/configuration/configuration'
import type { Rule } from '@/lib/configuration/rule'
import { type Variable, valueIn } from '@/lib/configuration/variable'
import type { Tier } from '@/lib/environment/tier'
import { isPlatformPart, partText, textBytes } from '@/lib/release/part-text'
import type { Part, SnapshotItem } from '@/lib/release/snapshot'
import { applyEdits, type Edit, withoutOverlaps } from './edit'
import { awaitedIn, type Resolution, withoutAwaited } from './resolution'
import { dataSourceEdits } from './rewrite/data-source'
import { idEdits } from './rewrite/ids'
import { lakehouseEdits, lakehouseMapping } from './rewrite/lakehouse'
import { parameterEdits } from './rewrite/parameter'
import { platformEdits } from './rewrite/platform'
import { reportEdits } from './rewrite/report'
import { isInactiveValueSet } from './value-set'

export type Rewriting = {
  readonly resolution: Resolution
  readonly variables: readonly Variable[]
  readonly rules: readonly Rule[]
  readonly sourceTier: Tier
  readonly tier: Tier
}

export type RuleHit = { readonly rule: string; readonly path: string; readonly count: number }
export type RewrittenPart = Part & { readonly awaits: readonly string[] }

/** `parts` is null for an item without a definition. A part that still `awaits` an item must not be written yet. */
export type RewrittenItem = { readonly parts: readonly RewrittenPart[] | null; readonly hits: readonly RuleHit[] }

/**
 * An item's parts as they have to stand in the target tier. Only text of known types is decoded, only the addressed places change,
 * and a part without a change keeps its very bytes. All places are found in the release's own text, so that no replacement is
 * replaced again; where two overlap, a rule goes before ids, and an earlier rule before a later one.
 */
export function rewriteItem(item: SnapshotItem, targetName: string, rewriting: Rewriting): RewrittenItem {
  const hits: RuleHit[] = []
  const parts = item.parts?.map(part => {
    const text = partText(part)
    if (text === null || isInactiveValueSet(item.type, part.path, rewriting.tier)) return { ...part, awaits: [] }
    const edits = withoutOverlaps(editsOf(item, part.path, text, targetName, rewriting))
    hits.push(...countHits(part.path, edits))
    const rewritten = applyEdits(text, edits.filter(changes(text, rewriting)))
    if (rewritten === text) return { ...part, awaits: [] }
    return { path: part.path, bytes: textBytes(rewritten), awaits: awaitedIn(rewritten) }
  })
  return { parts: parts ?? null, hits }
}

/**
 * The parts with an all-zero id wherever an item is still awaited: for the first write of an item in a circle (`secondWrite` in the plan),
 * which is written again once everything exists.
 */
export const provisionalParts = (parts: readonly RewrittenPart[]): Part[] =>
  parts.map(({ path, bytes, awaits }) => {
    const text = awaits.length === 0 ? null : partText({ path, bytes })
    return { path, bytes: text === null ? bytes : textBytes(withoutAwaited(text)) }
  })

function editsOf(item: SnapshotItem, path: string, text: string, targetName: string, rewriting: Rewriting): Edit[] {
  if (isPlatformPart(path)) return /\.children\//.test(path) ? [] : platformEdits(text, targetName)
  return [
    ...(path.endsWith('definition.pbir') ? reportEdits(text, rewriting.resolution.models) : []),
    ...rewriting.rules.flatMap(rule =>
      ruleEdits(item, path, text, rule, rewriting).map(edit => ({ ...edit, rule: rule.name })),
    ),
    ...idEdits(path, text, rewriting.resolution),
  ]
}

function ruleEdits(item: SnapshotItem, path: string, text: string, rule: Rule, rewriting: Rewriting): Edit[] {
  const variable = variableNamed(rewriting.variables, rule.variable)
  const find = variable === null ? null : valueIn(variable, rewriting.sourceTier)
  if (variable === null || rule.kind === 'capacity') return []
  const value = valueIn(variable, rewriting.tier)
  if ('itemTypes' in rule && rule.itemTypes !== null && !rule.itemTypes.includes(item.type)) return []
  if (rule.kind === 'parameter') return parameterEdits(item.type, path, text, rule.parameter, value ?? '')
  if (find === null) return []
  if (rule.kind === 'data-source') return dataSourceEdits(path, text, variable.kind, find, value ?? '')
  return lakehouseEdits(path, text, lakehouseMapping(find, value, rewriting.resolution), rewriting.resolution)
}

/** Places of a rule without a value for the tier are counted, so that the plan can say so, but stay as they are. */
function changes(text: string, { rules, variables, tier }: Rewriting) {
  const mute = new Set(
    rules
      .filter(rule => {
        const variable = variableNamed(variables, rule.variable)
        return variable === null || valueIn(variable, tier) === null
      })
      .map(rule => rule.name),
  )
  return (edit: Edit) => (edit.rule === null || !mute.has(edit.rule)) && text.slice(edit.start, edit.end) !== edit.text
}

function countHits(path: string, edits: readonly Edit[]): RuleHit[] {
  const counts = new Map<string, number>()
  for (const { rule } of edits) if (rule !== null) counts.set(rule, (counts.get(rule) ?? 0) + 1)
  return [...counts].map(([rule, count]) => ({ rule, path, count }))
}

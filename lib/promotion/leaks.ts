import type { Variable } from '@/lib/configuration/variable'
import type { Tier } from '@/lib/environment/tier'
import { isPlatformPart, readableText } from '@/lib/release/part-text'
import type { Part, SnapshotItem } from '@/lib/release/snapshot'
import { guidsIn, isGuid, wholeMatches } from './edit'
import { type JsonNode, jsonValues, pathAt, readJson, stringMember } from './json-text'
import { foreignValues, type KnownValue } from './known-values'
import { itemLabel, type Leak } from './plan'
import type { KnownEnvironment } from './plan-input'
import { isInactiveValueSet, overriddenVariables } from './value-set'

export type LeakScan = (
  item: Pick<SnapshotItem, 'type' | 'name'> & { readonly parts: readonly Part[] | null },
) => Leak[]

/**
 * The guard of a tier: finds in an item's parts every id and name of the project's other tiers. Build it once and use it for many items.
 * Value sets of a variable library that nobody reads in the tier are left alone, and so are defaults that its value set overrides.
 */
export function leakScan(
  environments: readonly KnownEnvironment[],
  variables: readonly Variable[],
  tier: Tier,
): LeakScan {
  const foreign = foreignValues(environments, variables, tier)
  const names = [...foreign.values()].filter(({ value }) => !isGuid(value))
  names.sort((a, b) => b.value.length - a.value.length)
  const sources = names.map(({ value }) => wholeMatches(value, true).source)
  const pattern = sources.length === 0 ? null : new RegExp(sources.join('|'), 'giu')
  return item =>
    (item.parts ?? []).flatMap(part => {
      if (isPlatformPart(part.path) || isInactiveValueSet(item.type, part.path, tier)) return []
      const text = readableText(part)
      if (text === null) return []
      const found = matches(text, foreign, pattern)
      return found.length === 0 ? [] : described(item, part, text, found, tier)
    })
}

/** The leaks of one item; see `leakScan`. */
export const findLeaks = (
  item: Parameters<LeakScan>[0],
  environments: readonly KnownEnvironment[],
  variables: readonly Variable[],
  tier: Tier,
): Leak[] => leakScan(environments, variables, tier)(item)

type Match = { readonly index: number; readonly found: string; readonly known: KnownValue }

function matches(text: string, foreign: ReadonlyMap<string, KnownValue>, names: RegExp | null): Match[] {
  const toMatch = (index: number, found: string, key: string): Match[] => {
    const known = foreign.get(key)
    return known === undefined ? [] : [{ index, found, known }]
  }
  const ids = guidsIn(text).flatMap(({ index, found, id }) => toMatch(index, found, id))
  const named = names === null ? [] : [...text.matchAll(names)]
  return [...ids, ...named.flatMap(({ index, 0: found }) => toMatch(index, found, found.toLowerCase()))]
}

function described(
  item: Parameters<LeakScan>[0],
  part: Part,
  text: string,
  found: readonly Match[],
  tier: Tier,
): Leak[] {
  const root = readJson(text)
  const unread = part.path.endsWith('variables.json') ? unreadPlaces(root, overriddenVariables(item, tier)) : []
  return found.flatMap(({ index, found: value, known }) => {
    if (unread.some(({ start, end }) => start <= index && index < end)) return []
    const leak: Leak = {
      item: itemLabel(item),
      part: part.path,
      place: root === null ? lineAt(text, index) : pathAt(root, index),
      found: value,
      what: known.what,
      belongsTo: known.tier,
      expected: known.expected,
    }
    return [leak]
  })
}

const lineAt = (text: string, index: number) => `line ${text.slice(0, index).split('\n').length}`

function unreadPlaces(root: JsonNode | null, overridden: ReadonlySet<string>): JsonNode[] {
  if (root === null || overridden.size === 0) return []
  return jsonValues(root).flatMap(({ node }) => {
    const name = node.kind === 'object' ? stringMember(node, 'name')?.value : undefined
    return name !== undefined && overridden.has(name) ? [node] : []
  })
}

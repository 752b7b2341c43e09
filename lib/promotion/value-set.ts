import type { Tier } from '@/lib/environment/tier'
import { isRecord, partJson } from '@/lib/release/part-text'
import type { Part, SnapshotItem } from '@/lib/release/snapshot'

const setNames: Readonly<Record<Tier, readonly string[]>> = {
  dev: ['dev', 'development'],
  test: ['test', 'testing'],
  uat: ['uat', 'acceptance', 'user acceptance'],
  prod: ['prod', 'production'],
}

const setPath = /(?:^|\/)valueSets\/(.+)\.json$/i
const isNamedLike = (name: string, tier: Tier) => setNames[tier].includes(name.toLowerCase())

/** The value set that a variable library should have active in a tier: the one named like it (Prod, Production, …); null when there is none. */
export function valueSetFor(item: SnapshotItem, tier: Tier): string | null {
  const set = valueSetParts(item).find(({ name }) => isNamedLike(name, tier))
  return set?.name ?? null
}

/** A value set that no reader in the tier uses. It holds other tiers' values by its nature and stays as it is. */
export function isInactiveValueSet(type: string, path: string, tier: Tier): boolean {
  const name = type === 'VariableLibrary' ? setPath.exec(path)?.[1] : undefined
  return name !== undefined && !isNamedLike(name, tier)
}

/** The variables whose default value nobody reads in the tier, because its value set overrides them. */
export function overriddenVariables(item: Pick<SnapshotItem, 'type' | 'parts'>, tier: Tier): ReadonlySet<string> {
  const part = valueSetParts(item).find(({ name }) => isNamedLike(name, tier))?.part
  const value = part === undefined ? undefined : partJson(part)
  const overrides = isRecord(value) && Array.isArray(value.variableOverrides) ? value.variableOverrides : []
  return new Set(overrides.flatMap(one => (isRecord(one) && typeof one.name === 'string' ? [one.name] : [])))
}

function valueSetParts({ type, parts }: Pick<SnapshotItem, 'type' | 'parts'>): { name: string; part: Part }[] {
  if (type !== 'VariableLibrary') return []
  return (parts ?? []).flatMap(part => {
    const name = setPath.exec(part.path)?.[1]
    return name === undefined ? [] : [{ name, part }]
  })
}

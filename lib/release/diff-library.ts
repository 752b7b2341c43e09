import { canonicalJson } from '@/lib/kernel/digest'
import { type Entries, entryChanges, entrySentences } from './diff-entries'
import { isRecord, partJson, partText } from './part-text'
import type { Part } from './snapshot'

/** Variables of a variable library, and what its value sets say. */
export function variableLibrarySentences(before: readonly Part[], after: readonly Part[]): string[] {
  const [old, now] = [variablesOf(before), variablesOf(after)]
  const [oldSets, nowSets] = [valueSetsOf(before), valueSetsOf(after)]
  const sets = entryChanges(asEntries(oldSets), asEntries(nowSets))
  const inSets = sets.changed.flatMap(name =>
    entrySentences('value', entryChanges(oldSets.get(name) ?? new Map(), nowSets.get(name) ?? new Map())).map(
      sentence => `value set ${name}: ${sentence}`,
    ),
  )
  return [
    ...entrySentences('variable', entryChanges(old, now)),
    ...entrySentences('value set', { ...sets, changed: [] }),
    ...inSets,
  ]
}

/** Libraries and Spark settings of an environment. */
export function environmentSentences(before: readonly Part[], after: readonly Part[]): string[] {
  const spark = entryChanges(textsAt(before, /Setting\//), textsAt(after, /Setting\//))
  const settings = [...spark.added, ...spark.changed, ...spark.removed].length > 0 ? ['Spark settings changed'] : []
  return [...entrySentences('library', entryChanges(librariesOf(before), librariesOf(after)), 'libraries'), ...settings]
}

export const isLibraryContent = (path: string): boolean =>
  /(^|\/)(variables|settings|valueSets\/[^/]+)\.json$/.test(path)
export const isEnvironmentContent = (path: string): boolean => /(^|\/)(Libraries|Setting)\//.test(path)

function variablesOf(parts: readonly Part[]): Entries {
  const part = parts.find(one => one.path.endsWith('variables.json'))
  return namedValues(part, 'variables')
}

function valueSetsOf(parts: readonly Part[]): ReadonlyMap<string, Entries> {
  const sets = parts.flatMap(part => {
    const name = /valueSets\/(.+)\.json$/.exec(part.path)?.[1]
    return name === undefined ? [] : [[name, namedValues(part, 'variableOverrides')] as const]
  })
  return new Map(sets)
}

function namedValues(part: Part | undefined, key: string): Entries {
  const value = part === undefined ? undefined : partJson(part)
  const list = isRecord(value) && Array.isArray(value[key]) ? value[key].filter(isRecord) : []
  return new Map(list.map(one => [String(one.name), canonicalJson(one)]))
}

const asEntries = (sets: ReadonlyMap<string, Entries>): Entries =>
  new Map([...sets].map(([name, values]) => [name, canonicalJson([...values])]))

function librariesOf(parts: readonly Part[]): Entries {
  const custom = parts.filter(part => part.path.includes('CustomLibraries/'))
  const listed = parts
    .filter(part => /PublicLibraries\/.+\.ya?ml$/.test(part.path))
    .flatMap(part => {
      const lines = (partText(part) ?? '').matchAll(/^\s*- *([A-Za-z0-9._-]+) *([=<>~!].*)?$/gm)
      return [...lines].map(([, name, version]) => [name ?? '', version ?? ''] as const)
    })
  const files = custom.map(part => [part.path.split('/').pop() ?? part.path, `${part.bytes.length}`] as const)
  return new Map([...files, ...listed])
}

const textsAt = (parts: readonly Part[], path: RegExp): Entries =>
  new Map(parts.filter(part => path.test(part.path)).map(part => [part.path, partText(part) ?? '']))

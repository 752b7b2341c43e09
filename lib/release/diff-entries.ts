/** A named thing inside a definition, and a text that changes exactly when the thing does. */
export type Entries = ReadonlyMap<string, string>

export type EntryChanges = {
  readonly added: readonly string[]
  readonly removed: readonly string[]
  readonly changed: readonly string[]
}

export const entryChanges = (before: Entries, after: Entries): EntryChanges => ({
  added: [...after.keys()].filter(key => !before.has(key)),
  removed: [...before.keys()].filter(key => !after.has(key)),
  changed: [...after].filter(([key, text]) => before.has(key) && before.get(key) !== text).map(([key]) => key),
})

const namedAtMost = 5

/** `measure Loss ratio changed`, `measures A and B added`, `12 measures removed`. */
export function entrySentences(noun: string, changes: EntryChanges, plural = `${noun}s`): string[] {
  const verbs = ['added', 'changed', 'removed'] as const
  return verbs.flatMap(verb => {
    const names = changes[verb]
    if (names.length === 0) return []
    if (names.length === 1) return [`${noun} ${names[0]} ${verb}`]
    return [names.length > namedAtMost ? `${names.length} ${plural} ${verb}` : `${plural} ${inWords(names)} ${verb}`]
  })
}

export const counted = (count: number, noun: string, verb: string): string[] =>
  count === 0 ? [] : [`${count} ${noun}${count === 1 ? '' : 's'} ${verb}`]

const inWords = (names: readonly string[]) => `${names.slice(0, -1).join(', ')} and ${names[names.length - 1]}`

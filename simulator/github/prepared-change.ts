import type { Change } from '../tenant'

type Replace = Extract<Change, { kind: 'replace' }>

/** What is still to do of a prepared change; when all of it was done before, a numbered variant, so that it can be made again. */
export function stillToDo(
  files: ReadonlyMap<string, Buffer>,
  title: string,
  changes: readonly Change[],
): readonly Change[] {
  const open = changes.filter(change => {
    if (change.kind === 'replace') return !isMade(textOf(files, change.path), change)
    return change.kind !== 'write' || textOf(files, change.path) !== change.text
  })
  const isOpen = open.some(change => change.kind !== 'copy-folder')
  return isOpen ? open : [variant(files, title, changes)]
}

const textOf = (files: ReadonlyMap<string, Buffer>, path: string) => files.get(path)?.toString() ?? ''

function isMade(text: string, { find, replace }: Replace): boolean {
  return !text.includes(find) || text.includes(replace.replace(find, '').trim() || replace)
}

/** The first measure that the change adds to a model, under the next free number; else the item's description. */
function variant(files: ReadonlyMap<string, Buffer>, title: string, changes: readonly Change[]): Change {
  const [measure] = changes.flatMap(change => (change.kind === 'replace' ? (numberedMeasure(files, change) ?? []) : []))
  if (measure) return measure
  const paths = changes.map(change => (change.kind === 'copy-folder' ? change.to : change.path))
  for (const path of paths) {
    const platform = platformAbove(files, path)
    if (platform) return numberedDescription(files, platform, title)
  }
  const [path = 'CHANGES.md'] = paths
  return { kind: 'write', path, text: `${textOf(files, path)}\n${title} (${nextNumber(textOf(files, path), title)})\n` }
}

function numberedMeasure(files: ReadonlyMap<string, Buffer>, change: Replace): Change | null {
  const { path, find, replace } = change
  const text = textOf(files, path)
  const [declaration, name] = /^\s*measure '([^']+)'/m.exec(replace) ?? []
  if (!declaration || !name || !replace.includes(find) || !text.includes(find)) return null
  let number = 2
  while (text.includes(`measure '${name} ${number}'`)) number += 1
  const numbered = replace
    .replace(`measure '${name}'`, () => `measure '${name} ${number}'`)
    .replace(/lineageTag: \S+/, () => `lineageTag: ${crypto.randomUUID()}`)
  return { kind: 'replace', path, find, replace: numbered }
}

function platformAbove(files: ReadonlyMap<string, Buffer>, path: string): string | null {
  const segments = path.split('/')
  for (let depth = segments.length; depth > 0; depth -= 1) {
    const platform = [...segments.slice(0, depth), '.platform'].join('/')
    if (files.has(platform)) return platform
  }
  return null
}

function numberedDescription(files: ReadonlyMap<string, Buffer>, path: string, title: string): Change {
  const text = textOf(files, path)
  const platform = JSON.parse(text)
  const description = `${title} (${nextNumber(text, title)})`
  const changed = { ...platform, metadata: { ...platform.metadata, description } }
  return { kind: 'write', path, text: `${JSON.stringify(changed, null, 2)}\n` }
}

function nextNumber(text: string, title: string): number {
  let number = 2
  while (text.includes(`${title} (${number})`)) number += 1
  return number
}

/** One object of a semantic model. `label` is how people know it: `Claims[Loss ratio]` for what belongs to a table. */
export type ModelObject = {
  readonly kind: 'table' | 'column' | 'measure' | 'relationship' | 'expression' | 'partition' | 'role'
  readonly label: string
  readonly body: string
  readonly dataType: string | null
}

const declaration =
  /^(\t*)(table|column|measure|relationship|expression|partition|role)[ \t]+('(?:[^']|'')+'|[^\s=]+)(.*)$/
const unimportant = /^\s*(lineageTag:|sourceLineageTag:|changedProperty\b|annotation\b|\/\/\/|ref\b|$)/

type Open = { kind: ModelObject['kind']; indent: number; name: string; lines: string[]; table: string | null }

/** The objects that one TMDL file declares. Lineage tags and annotations are no part of their meaning. */
export function tmdlOutline(text: string): ModelObject[] {
  const done: ModelObject[] = []
  const open: Open[] = []
  const closeDownTo = (indent: number) => {
    for (let last = open.at(-1); last !== undefined && last.indent >= indent; last = open.at(-1)) {
      open.pop()
      done.push(finished(last))
    }
  }
  for (const line of text.replace(/^\uFEFF/, '').split(/\r?\n/)) {
    if (unimportant.test(line)) continue
    const indent = /^\t*/.exec(line)?.[0].length ?? 0
    closeDownTo(indent)
    const [, , word, quotedName, rest] = declaration.exec(line) ?? []
    const parent = open.at(-1)
    const kind = word as ModelObject['kind'] | undefined
    const isNested = parent !== undefined && parent.kind !== 'table'
    if (kind !== undefined && quotedName !== undefined && !isNested) {
      const name = quotedName.startsWith("'") ? quotedName.slice(1, -1).replaceAll("''", "'") : quotedName
      open.push({ kind, indent, name, lines: [rest ?? ''], table: parent?.name ?? null })
    } else parent?.lines.push(line.trim())
  }
  closeDownTo(0)
  return done
}

function finished({ kind, name, lines, table }: Open): ModelObject {
  const dataType = lines.map(line => /^dataType: *(\S+)/.exec(line)?.[1]).find(type => type !== undefined) ?? null
  return { kind, label: labelOf(kind, name, table, lines), body: lines.join('\n').trim(), dataType }
}

function labelOf(kind: ModelObject['kind'], name: string, table: string | null, lines: readonly string[]): string {
  if (kind === 'relationship') {
    const end = (key: string) => lines.map(line => new RegExp(`^${key}: *(.+)$`).exec(line)?.[1]).find(Boolean)
    return `${end('fromColumn') ?? name} to ${end('toColumn') ?? '?'}`
  }
  return table === null ? name : `${table}[${name}]`
}

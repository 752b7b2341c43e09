import { CommitParser } from 'conventional-commits-parser'

export type NotedCommit = { readonly sha: string; readonly message: string }

export type NoteEntry = {
  readonly sha: string
  readonly scope: string | null
  readonly subject: string
  /** What breaks, in the author's words; null when nothing does. */
  readonly breaking: string | null
}

export type NoteGroup = { readonly type: string; readonly title: string; readonly entries: readonly NoteEntry[] }

const titles: Readonly<Record<string, string>> = {
  feat: 'New',
  fix: 'Fixed',
  perf: 'Faster',
  revert: 'Taken back',
  refactor: 'Reworked',
  docs: 'Documentation',
  test: 'Tests',
  build: 'Build',
  ci: 'Build',
  style: 'Housekeeping',
  chore: 'Housekeeping',
}
const otherTitle = 'Other changes'

const parser = new CommitParser({
  headerPattern: /^(\w+)(?:\(([^)]*)\))?(!)?: +(.+)$/,
  headerCorrespondence: ['type', 'scope', 'bang', 'subject'],
  noteKeywords: ['BREAKING CHANGE', 'BREAKING-CHANGE'],
})

/** The commits of a release, grouped by what they are for, in the order in which readers care. Merge commits tell nothing and are left out. */
export function releaseNotes(commits: readonly NotedCommit[]): NoteGroup[] {
  const groups = new Map<string, { type: string; entries: NoteEntry[] }>()
  for (const commit of commits) {
    const noted = entryOf(commit)
    if (noted === null) continue
    const title = titles[noted.type] ?? otherTitle
    const group = groups.get(title) ?? { type: noted.type, entries: [] }
    group.entries.push(noted.entry)
    groups.set(title, group)
  }
  const order = [...new Set(Object.values(titles)), otherTitle]
  return order.flatMap(title => {
    const group = groups.get(title)
    return group === undefined ? [] : [{ title, ...group }]
  })
}

/** The notes as Markdown, for a ticket, a mail or a file. */
export function notesAsMarkdown(groups: readonly NoteGroup[]): string {
  return groups.map(({ title, entries }) => `### ${title}\n\n${entries.map(entryLine).join('\n')}\n`).join('\n')
}

function entryLine({ sha, scope, subject, breaking }: NoteEntry): string {
  const lead = scope === null ? '' : `**${scope}:** `
  const warning = breaking === null ? '' : ` — breaking: ${breaking}`
  return `- ${lead}${subject} (${sha.slice(0, 7)})${warning}`
}

function entryOf({ sha, message }: NotedCommit): { type: string; entry: NoteEntry } | null {
  const [header = ''] = message.trim().split(/\r?\n/)
  if (header === '' || /^Merge (branch|pull request|remote-tracking)|^Merged PR \d+/.test(header)) return null
  const { type, scope, bang, subject, notes } = parser.parse(message)
  const breaking = notes[0]?.text ?? (bang ? (subject ?? header) : null)
  const entry = { sha, scope: scope || null, subject: subject ?? header, breaking }
  return { type: type?.toLowerCase() ?? 'other', entry }
}

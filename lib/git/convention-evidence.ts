import { shortSha } from './following'
import { subjectOf } from './push'

type Checked = {
  readonly sha: string
  readonly message: string
  readonly isMerge: boolean
  readonly problems: readonly string[]
}

const longest = 500

/** What the portal reports for criterion 3.1.5: each failing commit is named, as far as there is room. */
export function conventionEvidence(commits: readonly Checked[]): { outcome: 'pass' | 'fail'; summary: string } {
  const failing = commits.filter(commit => commit.problems.length > 0)
  if (failing.length === 0) {
    const merges = commits.filter(commit => commit.isMerge).length
    const exempt = merges === 0 ? '' : `, ${merges} of them exempt as ${merges === 1 ? 'a merge' : 'merges'}`
    return { outcome: 'pass', summary: `${counted(commits.length)} checked${exempt}: the convention is kept.` }
  }
  const lead = `${failing.length} of ${counted(commits.length)} ${failing.length === 1 ? 'breaks' : 'break'} the convention: `
  return { outcome: 'fail', summary: lead + listed(failing.map(sentence), longest - lead.length) }
}

const counted = (count: number) => (count === 1 ? '1 commit' : `${count} commits`)

const sentence = ({ sha, message, problems }: Checked) =>
  `${shortSha(sha)} “${cut(subjectOf(message), 60)}” (${cut(problems.join(', '), 120)})`

/** As many as fit, and how many more there are. */
function listed(sentences: readonly string[], room: number): string {
  let text = ''
  for (const [index, one] of sentences.entries()) {
    const more = `; and ${sentences.length - index} more`
    const longer = text === '' ? one : `${text}; ${one}`
    if (longer.length + more.length > room) return text === '' ? one.slice(0, room) : text + more
    text = longer
  }
  return text
}

/** Control characters would not be seen, and a cut never leaves half a character. */
function cut(text: string, length: number): string {
  const characters = [...text.replace(/\p{Cc}/gu, '�')]
  return characters.length > length ? `${characters.slice(0, length - 1).join('')}…` : characters.join('')
}

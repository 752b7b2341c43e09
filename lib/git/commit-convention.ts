import config from '@commitlint/config-conventional'
import lint from '@commitlint/lint'

/** A commit as far as the convention asks. `isMerge` by its parents, `isBot` by the provider's word, neither by its text. */
export type CheckedCommit = {
  readonly message: string
  readonly isMerge: boolean
  readonly isBot: boolean
}

/** `conforms`, or why it need not (`merge`), or is a kind of its own (`revert`, `release`), or what is wrong with it (`breaks`). */
export type CommitVerdict =
  | { readonly kind: 'conforms' | 'merge' | 'revert' | 'release' }
  | { readonly kind: 'breaks'; readonly problems: readonly string[] }

const maxHeaderLength = 100

/**
 * The rules of the conventional configuration. Lengths are left to `tooLong`, which counts what a reader sees;
 * lengths of body lines are not in Conventional Commits, and an address cannot be broken.
 */
const rules = {
  ...config.rules,
  'header-max-length': [0],
  'body-max-line-length': [0],
  'footer-max-line-length': [0],
} as Parameters<typeof lint>[1]

/** Without these a breaking `feat!:` would not be read. */
const parserOpts = {
  headerPattern: /^(\w*)(?:\((.*)\))?!?: (.*)$/,
  breakingHeaderPattern: /^(\w*)(?:\((.*)\))?!: (.*)$/,
  headerCorrespondence: ['type', 'scope', 'subject'],
  noteKeywords: ['BREAKING CHANGE', 'BREAKING-CHANGE'],
}

const mergedPullRequest = /^Merged PR \d+: /
const gitRevert = /^Revert "(.+)"$/
const releaseByBot = /^chore\(release\): v?\d+\.\d+\.\d+/
const readable: Readonly<Record<string, string>> = {
  'type-empty': 'it has no type, such as “feat: ” or “fix(scope): ”',
  'subject-empty': 'it has no subject after a type, a colon and one space',
}

/** The verdict of criterion 3.1.5 on one commit. Nothing is ignored for how its text begins. */
export async function checkCommit(commit: CheckedCommit): Promise<CommitVerdict> {
  if (commit.isMerge) return { kind: 'merge' }
  const message = commit.message.replace(mergedPullRequest, '')
  const [header = ''] = message.split(/\r?\n/, 1)
  if (header.trim() === '') return breaks('it has no message')
  const unseen = invisibleIn(header)
  if (unseen !== null) return breaks(`the first line holds the invisible character ${unseen}`)
  if (gitRevert.test(header)) return { kind: 'revert' }
  if (releaseByBot.test(header)) {
    return commit.isBot ? { kind: 'release' } : breaks('only the release bot may commit a release')
  }
  const { errors } = await lint(message, rules, { defaultIgnores: false, parserOpts })
  const problems = [
    ...errors.map(error => readable[error.name] ?? error.message),
    ...(tooLong(header) ? [`the first line is longer than ${maxHeaderLength} characters`] : []),
  ]
  return problems.length === 0 ? { kind: 'conforms' } : breaks(...problems)
}

/** What is stored with a release's commit: empty when the convention is kept. */
export const problemsOf = (verdict: CommitVerdict): string[] => (verdict.kind === 'breaks' ? [...verdict.problems] : [])

const breaks = (...problems: string[]): CommitVerdict => ({ kind: 'breaks', problems })
const segmenter = new Intl.Segmenter('en')
const tooLong = (header: string) => [...segmenter.segment(header)].length > maxHeaderLength

/** `U+FEFF`; a joiner inside an emoji is seen, and so is not meant. */
function invisibleIn(header: string): string | null {
  const [found] = header.match(/(?![\u200d\u{e0020}-\u{e007f}])[\p{Cc}\p{Cf}\u2028\u2029]/u) ?? []
  const code = found?.codePointAt(0)
  return code === undefined ? null : `U+${code.toString(16).toUpperCase().padStart(4, '0')}`
}

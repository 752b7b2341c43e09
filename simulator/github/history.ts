import { GitFailed, git, gitText } from '../git/process'

export type GitCommit = {
  readonly sha: string
  readonly tree: string
  readonly parents: readonly string[]
  readonly author: { readonly name: string; readonly email: string }
  readonly authoredAt: string
  readonly committer: { readonly name: string; readonly email: string }
  readonly committedAt: string
  readonly message: string
}

export type ChangedFile = { readonly path: string; readonly status: 'added' | 'removed' | 'modified' }

const fields = ['%H', '%T', '%P', '%an', '%ae', '%aI', '%cn', '%ce', '%cI', '%B'].join('%x1f')

/** Commits newest first; `range` is in git's own words, e.g. `main` or `a..b`. */
export async function readCommits(directory: string, range: readonly string[], limit: number): Promise<GitCommit[]> {
  const args = ['log', '-z', `--max-count=${limit}`, `--format=${fields}`, '--end-of-options', ...range]
  const printed = (await git(directory, args)).toString()
  return printed
    .split('\0')
    .filter(entry => entry !== '')
    .map(entry => {
      const [sha = '', tree = '', parents = '', name = '', email = '', authoredAt = '', ...rest] = entry.split('\x1f')
      const [committerName = '', committerEmail = '', committedAt = '', message = ''] = rest
      return {
        sha,
        tree,
        parents: parents.split(' ').filter(parent => parent !== ''),
        author: { name, email },
        authoredAt,
        committer: { name: committerName, email: committerEmail },
        committedAt,
        message: message.replace(/\n+$/, ''),
      }
    })
}

export async function readCommit(directory: string, sha: string): Promise<GitCommit> {
  const [commit] = await readCommits(directory, [sha], 1)
  if (!commit) throw new Error(`There is no commit ${sha}.`)
  return commit
}

const statuses: Record<string, ChangedFile['status']> = { A: 'added', D: 'removed' }

/** What a commit changed against its first parent, or what lies between two commits. A rename is a removal and an addition. */
export async function changedFiles(directory: string, from: string | null, to: string): Promise<ChangedFile[]> {
  const against = from === null ? ['-m', '--first-parent', '--root', to] : [from, to]
  const args = ['diff-tree', '-r', '-z', '--no-commit-id', '--no-renames', '--name-status', ...against]
  const words = (await git(directory, args)).toString().split('\0')
  const files: ChangedFile[] = []
  for (let at = 0; at + 1 < words.length; at += 2) {
    files.push({ status: statuses[words[at] ?? ''] ?? 'modified', path: words[at + 1] ?? '' })
  }
  return files
}

export async function countCommits(directory: string, range: string): Promise<number> {
  return Number(await gitText(directory, ['rev-list', '--count', range]))
}

/** Ids of the commits of a range, oldest first. */
export async function listCommits(directory: string, range: readonly string[]): Promise<string[]> {
  const printed = await gitText(directory, ['rev-list', '--reverse', '--topo-order', ...range])
  return printed.split('\n').filter(line => line !== '')
}

export async function mergeBase(directory: string, a: string, b: string): Promise<string | null> {
  return answerOrNull(gitText(directory, ['merge-base', a, b]))
}

export async function isAncestor(directory: string, ancestor: string, commit: string): Promise<boolean> {
  return (await answerOrNull(git(directory, ['merge-base', '--is-ancestor', ancestor, commit]))) !== null
}

/** The tree that a merge of two commits gives; null when they conflict. */
export async function mergeTrees(directory: string, base: string, head: string): Promise<string | null> {
  return answerOrNull(gitText(directory, ['merge-tree', '--write-tree', base, head]))
}

async function answerOrNull<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer
  } catch (error) {
    if (error instanceof GitFailed && error.exitCode === 1) return null
    throw error
  }
}

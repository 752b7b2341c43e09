import type { ReleasedCommit } from '@/lib/release/commands/make-release'
import { checkCommit, problemsOf } from './commit-convention'
import type { GitHub } from './github'
import type { GitCommit } from './github-answers'
import type { Push, PushedCommit } from './push'

const mostLookUps = 100

/**
 * The commits of a release, oldest first, its head last: all since the release before it, so that a push which was superseded is not lost;
 * those of the push when there is none, or when that commit has vanished from the repository.
 */
export async function commitsOfRelease(
  gitHub: GitHub,
  push: Push,
  previousCommit: string | null,
): Promise<readonly ReleasedCommit[]> {
  const base = previousCommit ?? push.before
  const between = base === null ? null : await gitHub.commitsBetween(push.repository, base, push.after)
  const commits = between?.some(commit => commit.sha === push.after) ? between : await commitsOfPush(gitHub, push)
  const ordered = [
    ...commits.filter(commit => commit.sha !== push.after),
    ...commits.filter(commit => commit.sha === push.after),
  ]
  return Promise.all(ordered.map(released))
}

/** A push does not tell parents, and a merge is known by nothing else: the API is asked, and without its word a commit is no merge. */
async function commitsOfPush(gitHub: GitHub, push: Push): Promise<readonly GitCommit[]> {
  const named: readonly PushedCommit[] = push.commits
  const commits: GitCommit[] = []
  for (const [index, pushed] of named.entries()) {
    const isAsked = index < mostLookUps || pushed.id === push.after
    commits.push((isAsked ? await gitHub.commit(push.repository, pushed.id) : null) ?? withoutParents(pushed))
  }
  if (commits.some(commit => commit.sha === push.after)) return commits
  const head = await gitHub.commit(push.repository, push.after)
  return head ? [...commits, head] : commits
}

const withoutParents = ({ id, message, author, timestamp }: PushedCommit): GitCommit => ({
  sha: id,
  message,
  authorName: author?.name ?? '',
  authorEmail: author?.email ?? '',
  committedAt: new Date(timestamp),
  parents: [],
  isBot: false,
})

async function released(commit: GitCommit): Promise<ReleasedCommit> {
  const { sha, message, authorName, authorEmail, committedAt, isBot } = commit
  const isMerge = commit.parents.length > 1
  const problems = problemsOf(await checkCommit({ message, isMerge, isBot }))
  return { sha, message, authorName, authorEmail, committedAt, isMerge, problems }
}

import type { PullRequest, Review } from './github-answers'

/** What the reviews of one pull request come to. */
export type ReviewVerdict =
  | { readonly kind: 'approved'; readonly by: readonly string[] }
  | { readonly kind: 'refused'; readonly by: readonly string[] }
  | { readonly kind: 'unreviewed' }

export type ReviewedPull = { readonly pull: PullRequest; readonly verdict: ReviewVerdict }

/** The last word of each reviewer counts, comments are none, and nobody approves a pull request of their own. */
export function judgeReviews(author: string, reviews: readonly Review[]): ReviewVerdict {
  const last = new Map<string, string>()
  for (const review of [...reviews].sort((a, b) => a.submittedAt.getTime() - b.submittedAt.getTime())) {
    if (review.state !== 'COMMENTED' && review.state !== 'PENDING') last.set(review.reviewer, review.state)
  }
  const saying = (state: string) => [...last].filter(([by, said]) => said === state && by !== author).map(([by]) => by)
  const against = saying('CHANGES_REQUESTED')
  if (against.length > 0) return { kind: 'refused', by: against }
  const approving = saying('APPROVED')
  return approving.length > 0 ? { kind: 'approved', by: approving } : { kind: 'unreviewed' }
}

export type CodeReview = { readonly outcome: 'pass' | 'fail'; readonly summary: string; readonly link: string | null }

/** What one pull request says about a commit in it; null when nobody has decided yet. */
export function reviewOfPull({ pull, verdict }: ReviewedPull): CodeReview | null {
  const said = (outcome: CodeReview['outcome'], sentence: string) => ({ outcome, summary: sentence, link: pull.link })
  if (verdict.kind === 'approved')
    return said('pass', `Pull request #${pull.number} was approved by ${verdict.by.join(', ')}.`)
  if (verdict.kind === 'refused')
    return said('fail', `${verdict.by.join(', ')} asked for changes in pull request #${pull.number}.`)
  return null
}

export type CommitUnderReview = {
  readonly sha: string
  readonly subject: string
  readonly pulls: readonly ReviewedPull[]
}

/**
 * What the pull requests say about a release: it is reviewed when each of its commits is in an approved one, so that a commit pushed past
 * the review does not hide behind a reviewed head. Null when nobody has decided anything yet.
 */
export function reviewOfRelease(commits: readonly CommitUnderReview[]): CodeReview | null {
  const pulls = commits.flatMap(commit => commit.pulls)
  const refused = pulls.find(({ verdict }) => verdict.kind === 'refused')
  if (refused) return reviewOfPull(refused)
  const uncovered = commits.filter(commit => !commit.pulls.some(({ verdict }) => verdict.kind === 'approved'))
  const approved = new Map(
    pulls.filter(({ verdict }) => verdict.kind === 'approved').map(reviewed => [reviewed.pull.number, reviewed]),
  )
  const [first] = approved.values()
  if (!first) return null
  if (uncovered.length === 0 && approved.size === 1) return reviewOfPull(first)
  if (uncovered.length === 0) {
    const numbers = [...approved.keys()].map(number => `#${number}`).join(', ')
    return { outcome: 'pass', summary: `Pull requests ${numbers} were approved.`, link: first.pull.link }
  }
  const named = uncovered.slice(0, 5).map(commit => `${commit.sha.slice(0, 7)} ${commit.subject.slice(0, 60)}`)
  const summary = `${uncovered.length} of ${commits.length} commits are in no approved pull request: ${named.join('; ')}`
  return { outcome: 'fail', summary: uncovered.length > named.length ? `${summary}…` : summary, link: null }
}

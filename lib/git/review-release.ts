import { recordEvidence } from '@/lib/gate/commands/record-evidence'
import type { Actor } from '@/lib/kernel/context'
import type { FollowingProject, Sources } from './following'
import type { PullRequest, Repository } from './github-answers'
import { subjectOf } from './push'
import { type CodeReview, judgeReviews, type ReviewedPull, reviewOfRelease } from './review'

const gitHubActor: Actor = { kind: 'portal', name: 'GitHub' }
const mostLookUps = 100
const mostRounds = 5

export type Reviewed = { readonly project: FollowingProject; readonly repository: Repository }

/**
 * Asks the provider whether each commit of a release was reviewed, and reports it for the release's head when that has changed. After a
 * report it asks again, so that of two deliveries worked on at once the last word is the provider's.
 */
export async function reviewRelease(sources: Sources, reviewed: Reviewed, releaseId: string): Promise<void> {
  for (let round = 0; round < mostRounds; round += 1) if (!(await reviewOnce(sources, reviewed, releaseId))) return
}

async function reviewOnce(sources: Sources, reviewed: Reviewed, releaseId: string): Promise<boolean> {
  const { db } = sources
  const release = await db.release.findUniqueOrThrow({
    where: { id: releaseId },
    include: { commits: { orderBy: { position: 'asc' } } },
  })
  const plain = release.commits.filter(commit => !commit.isMerge)
  const commits = plain.length > 0 ? plain : release.commits
  const pullsOf = pullReader(sources, reviewed)
  const asked = []
  for (const [index, { sha, message }] of commits.entries()) {
    asked.push({ sha, subject: subjectOf(message), pulls: index < mostLookUps ? await pullsOf(sha) : [] })
  }
  const review = reviewOfRelease(asked)
  return reportReview(sources, reviewed.project.id, release.commit, review)
}

/** Reports a review that differs from the last one, and tells whether it did; one that was taken back shuts the gate again. */
export async function reportReview(
  { db }: Sources,
  projectId: string,
  commit: string,
  review: CodeReview | null,
): Promise<boolean> {
  const last = await db.evidence.findFirst({
    where: { projectId, commit, criterion: 'code-review' },
    orderBy: [{ receivedAt: 'desc' }, { id: 'desc' }],
  })
  const takenBack = last?.outcome === 'pass' ? gone : null
  const next = review ?? takenBack
  if (!next || (last?.outcome === next.outcome && last.summary === next.summary)) return false
  const { outcome, summary, link } = next
  const evidence = { projectId, commit, criterion: 'code-review', outcome, summary, link: link ?? undefined }
  const recorded = await recordEvidence({ actor: gitHubActor, db }, evidence)
  if (!recorded.ok) throw new Error(recorded.refusal.message)
  return true
}

const gone: CodeReview = { outcome: 'fail', summary: 'The approval of the pull request was taken back.', link: null }

/** One pull request is read once, and speaks for all of its commits when it is approved. */
function pullReader({ gitHub }: Sources, { project, repository }: Reviewed) {
  const read = new Map<number, ReviewedPull>()
  const covered = new Map<string, ReviewedPull>()
  const judged = async (pull: PullRequest): Promise<ReviewedPull> => {
    const known = read.get(pull.number)
    if (known) return known
    const verdict = judgeReviews(pull.author, await gitHub.reviewsOf(repository, pull.number))
    const found = { pull, verdict }
    read.set(pull.number, found)
    if (verdict.kind === 'approved') {
      for (const sha of await gitHub.commitsOf(repository, pull.number)) covered.set(sha, found)
    }
    return found
  }
  return async (sha: string): Promise<readonly ReviewedPull[]> => {
    const known = covered.get(sha)
    if (known) return [known]
    const pulls = (await gitHub.pullsWith(repository, sha)).filter(pull => pull.base === project.branch)
    const found: ReviewedPull[] = []
    for (const pull of pulls) found.push(await judged(pull))
    return found
  }
}

import { z } from 'zod'
import { type Ending, handled, ignored, noProject, projectFollowing, type Sources } from './following'
import { RepositoryName } from './push'
import { judgeReviews, reviewOfPull } from './review'
import { reportReview, reviewRelease } from './review-release'

const PullPayload = z.object({
  action: z.string(),
  repository: RepositoryName,
  pull_request: z.object({
    number: z.number().int(),
    merged: z.boolean().nullish(),
    base: z.object({ ref: z.string() }),
  }),
})

const reviewActions: readonly string[] = ['submitted', 'edited', 'dismissed']

/**
 * Works on `pull_request_review` and on the merge of a pull request: what its reviews come to now is asked of the provider, so that the
 * order of deliveries does not matter, and reported for each commit in it and for each release that holds one of them.
 */
export async function followReview(sources: Sources, event: string, payload: unknown): Promise<Ending> {
  const parsed = PullPayload.safeParse(payload)
  if (!parsed.success) return ignored(`The payload is not that of ${event}: ${z.prettifyError(parsed.error)}`)
  const { action, repository, pull_request: named } = parsed.data
  const isMerge = event === 'pull_request' && action === 'closed' && named.merged === true
  if (!isMerge && !(event === 'pull_request_review' && reviewActions.includes(action)))
    return ignored(`${event} ${action} changes no review.`)
  const project = await projectFollowing(sources.db, repository, named.base.ref)
  if (!project) return noProject(repository, named.base.ref)

  const { db, gitHub } = sources
  const pull = await gitHub.pull(repository, named.number)
  if (!pull) return ignored(`There is no pull request #${named.number} any more.`)
  const verdict = judgeReviews(pull.author, await gitHub.reviewsOf(repository, pull.number))
  const inside = await gitHub.commitsOf(repository, pull.number)
  const commits = [...new Set([...inside, pull.head, ...(pull.mergeCommit ? [pull.mergeCommit] : [])])]
  const releases = await db.release.findMany({
    where: { projectId: project.id, commits: { some: { sha: { in: commits } } } },
    select: { id: true, commit: true },
    orderBy: { createdAt: 'asc' },
  })
  for (const release of releases) await reviewRelease(sources, { project, repository }, release.id)
  const review = reviewOfPull({ pull, verdict })
  const heads = new Set(releases.map(release => release.commit))
  for (const commit of commits.filter(one => !heads.has(one))) await reportReview(sources, project.id, commit, review)
  return handled(`Pull request #${pull.number} is ${verdict.kind}; ${releases.length} releases hold commits of it.`)
}

import type { Author } from '../git/import'
import { gitText } from '../git/process'
import { headOf, inTurn, resolveCommit } from '../git/repositories'
import { deliver } from './deliver'
import { isAncestor, listCommits, mergeBase, mergeTrees, readCommit } from './history'
import { type Hub, type Place, Refused } from './hub'
import { loginOf, pullRequestOf, repositoryOf, reviewOf, userOf } from './payloads'
import { announce, commitsPushedWith } from './pushes'
import type { Delivery, PullRequest, Review } from './store'

/** All pull requests; an open one follows its branch, and is merged once its head is in the base. */
export async function readPullRequests(hub: Hub, place: Place): Promise<readonly PullRequest[]> {
  for (const pull of hub.store.read(place.fullName).pullRequests) {
    if (pull.state === 'closed') continue
    const headSha = (await headOf(hub.gitDir, place.owner, place.name, pull.headRef)) ?? pull.headSha
    const updatedAt = new Date().toISOString()
    if (await isAncestor(place.directory, headSha, pull.baseRef)) {
      const merged = { state: 'closed' as const, mergedAt: updatedAt, mergeCommitSha: headSha, updatedAt }
      hub.store.putPullRequest(place.fullName, { ...pull, headSha, ...merged })
    } else if (headSha !== pull.headSha) {
      const commits = await listCommits(place.directory, [headSha, `^${pull.baseRef}`])
      hub.store.putPullRequest(place.fullName, { ...pull, headSha, commits, updatedAt })
    }
  }
  return hub.store.read(place.fullName).pullRequests
}

export async function findPullRequest(hub: Hub, place: Place, number: number): Promise<PullRequest> {
  const found = (await readPullRequests(hub, place)).find(pull => pull.number === number)
  if (!found) throw new Refused(404, 'Not Found')
  return found
}

export async function openPullRequest(
  hub: Hub,
  place: Place,
  asked: { readonly title: string; readonly body: string; readonly head: string; readonly base: string },
): Promise<PullRequest> {
  const headRef = asked.head.replace(`${place.owner}:`, '')
  const headSha = await headOf(hub.gitDir, place.owner, place.name, headRef)
  const baseSha = await headOf(hub.gitDir, place.owner, place.name, asked.base)
  if (!headSha || !baseSha) throw new Refused(422, `Validation Failed: ${headSha ? 'base' : 'head'} is no branch`)
  const commits = await listCommits(place.directory, [headSha, `^${baseSha}`])
  if (commits.length === 0) {
    throw new Refused(422, `Validation Failed: No commits between ${asked.base} and ${headRef}`)
  }
  const open = (await readPullRequests(hub, place)).filter(pull => pull.state === 'open')
  if (open.some(pull => pull.headRef === headRef && pull.baseRef === asked.base)) {
    throw new Refused(422, `Validation Failed: A pull request already exists for ${place.owner}:${headRef}.`)
  }
  return put(hub, place, { ...asked, headRef, headSha, baseRef: asked.base, baseSha, commits }, null)
}

type Content = Pick<PullRequest, 'title' | 'body' | 'headRef' | 'headSha' | 'baseRef' | 'baseSha' | 'commits'>

async function put(hub: Hub, place: Place, content: Content, mergedAt: string | null): Promise<PullRequest> {
  const { title, body, headRef, headSha, baseRef, baseSha, commits } = content
  const now = new Date().toISOString()
  const pull = hub.store.putPullRequest(place.fullName, {
    number: hub.store.nextNumber(place.fullName),
    login: loginOf((await readCommit(place.directory, headSha)).author.email),
    ...{ title, body, headRef, headSha, baseRef, baseSha, commits },
    state: mergedAt ? 'closed' : 'open',
    createdAt: now,
    updatedAt: now,
    mergedAt,
    mergeCommitSha: mergedAt ? headSha : null,
    reviews: [],
  })
  await announcePullRequest(hub, place, pull, 'opened', pull.login)
  return pull
}

function announcePullRequest(hub: Hub, place: Place, pull: PullRequest, action: 'opened' | 'closed', login: string) {
  return deliver(hub, place, 'pull_request', {
    action,
    number: pull.number,
    pull_request: pullRequestOf(hub, place, pull),
    repository: repositoryOf(hub, place),
    sender: userOf(hub, login),
  })
}

/** The pull request that holds a commit; made when there is none, already merged when the commit is in the default branch. */
export async function pullRequestWith(hub: Hub, place: Place, name: string): Promise<PullRequest> {
  const commit = await resolveCommit(hub.gitDir, place.owner, place.name, name)
  if (!commit) throw new Refused(404, `No commit found for SHA: ${name}`)
  const found = (await readPullRequests(hub, place)).findLast(pull => pull.commits.includes(commit))
  if (found) return found
  const { defaultBranch, directory } = place
  const inDefault = await isAncestor(directory, commit, defaultBranch)
  const commits = inDefault
    ? await commitsPushedWith(hub, place, commit)
    : await listCommits(directory, [commit, `^${defaultBranch}`])
  const { message, parents } = await readCommit(directory, commits[0] ?? commit)
  const headRef = `change/${commit.slice(0, 10)}`
  await inTurn(directory, () => gitText(directory, ['update-ref', `refs/heads/${headRef}`, commit]))
  const title = message.split('\n')[0] ?? ''
  const baseSha = (inDefault ? parents[0] : await mergeBase(directory, commit, defaultBranch)) ?? commit
  const content = { title, body: '', headRef, headSha: commit, baseRef: defaultBranch, baseSha, commits }
  return put(hub, place, content, inDefault ? new Date().toISOString() : null)
}

export async function reviewPullRequest(
  hub: Hub,
  place: Place,
  pull: PullRequest,
  given: { readonly login: string; readonly state: Review['state']; readonly body: string },
): Promise<{ pullRequest: PullRequest; review: Review; delivery: Delivery | null }> {
  if (given.state === 'APPROVED' && given.login === pull.login) {
    throw new Refused(422, 'Unprocessable Entity: Can not approve your own pull request')
  }
  const id = pull.number * 1_000 + pull.reviews.length + 1
  const review: Review = { id, ...given, commitId: pull.headSha, submittedAt: new Date().toISOString() }
  const reviewed = { ...pull, reviews: [...pull.reviews, review], updatedAt: review.submittedAt }
  const pullRequest = hub.store.putPullRequest(place.fullName, reviewed)
  const described = reviewOf(hub, place, pullRequest, review)
  const delivery = await deliver(hub, place, 'pull_request_review', {
    action: 'submitted',
    review: { ...described, state: described.state.toLowerCase() },
    pull_request: pullRequestOf(hub, place, pullRequest),
    repository: repositoryOf(hub, place),
    sender: userOf(hub, given.login),
  })
  return { pullRequest, review, delivery }
}

export async function mergePullRequest(
  hub: Hub,
  place: Place,
  pull: PullRequest,
  asked: { readonly method: string; readonly sha: string | null; readonly title: string | null; readonly by: Author },
): Promise<string> {
  if (pull.state === 'closed') throw new Refused(405, 'Pull Request is not mergeable')
  if (asked.sha && asked.sha !== pull.headSha) {
    throw new Refused(409, 'Head branch was modified. Review and try the merge again.')
  }
  if (asked.method === 'rebase') throw new Refused(405, 'Rebase merges are not allowed on this repository.')
  const { directory } = place
  const { before, after } = await inTurn(directory, async () => {
    const before = await gitText(directory, ['rev-parse', `refs/heads/${pull.baseRef}`])
    const tree = await mergeTrees(directory, before, pull.headSha)
    if (!tree) throw new Refused(405, 'Pull Request is not mergeable')
    const squash = asked.method === 'squash'
    const author = squash ? (await readCommit(directory, pull.headSha)).author : asked.by
    const merging = `Merge pull request #${pull.number} from ${place.owner}/${pull.headRef}\n\n${pull.title}`
    const message = asked.title ?? (squash ? `${pull.title} (#${pull.number})` : merging)
    const parents = squash ? [before] : [before, pull.headSha]
    const named = [`user.name=${author.name}`, `user.email=${author.email}`].flatMap(setting => ['-c', setting])
    const args = [...named, 'commit-tree', tree, ...parents.flatMap(parent => ['-p', parent]), '-m', message]
    const after = await gitText(directory, args)
    await gitText(directory, ['update-ref', `refs/heads/${pull.baseRef}`, after, before])
    return { before, after }
  })
  const mergedAt = new Date().toISOString()
  const merged = { state: 'closed' as const, mergedAt, mergeCommitSha: after, updatedAt: mergedAt }
  const commits = [...pull.commits, after]
  const pullRequest = hub.store.putPullRequest(place.fullName, { ...pull, ...merged, commits })
  await announcePullRequest(hub, place, pullRequest, 'closed', loginOf(asked.by.email))
  await announce(hub, place, { branch: pull.baseRef, before, after }, asked.by)
  return after
}

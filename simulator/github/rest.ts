import type { IncomingMessage, ServerResponse } from 'node:http'
import { isObject, readJsonObject, sendJson } from '../entra/http'
import { branchesOf } from '../git/pushes'
import { resolveCommit } from '../git/repositories'
import { changedFiles, countCommits, mergeBase, readCommit, readCommits } from './history'
import { type Hub, type Place, Refused } from './hub'
import { apiAddress, commitOf, pullRequestOf, repositoryOf, reviewOf, webAddress } from './payloads'
import {
  findPullRequest,
  mergePullRequest,
  openPullRequest,
  readPullRequests,
  reviewPullRequest,
} from './pull-requests'
import type { Review } from './store'

const reviewStates: Record<string, Review['state']> = {
  APPROVE: 'APPROVED',
  REQUEST_CHANGES: 'CHANGES_REQUESTED',
  COMMENT: 'COMMENTED',
}

/** Answers one call of the REST API below a repository; `path` starts after its name. */
export async function answerRest(
  hub: Hub,
  place: Place,
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  query: URLSearchParams,
): Promise<true> {
  const ok = (body: unknown, status = 200) => sendJson(response, status, body)
  const [kind = '', ...rest] = path.split('/').filter(segment => segment !== '')
  const name = decodeURIComponent(rest.join('/'))
  if (request.method === 'GET') {
    if (kind === '') return ok(repositoryOf(hub, place))
    if (kind === 'branches') return ok(await readBranches(hub, place, name))
    if (kind === 'compare') return ok(await compare(hub, place, name))
    if (kind === 'commits' && rest.length === 0) {
      const from = await requireCommit(hub, place, query.get('sha') ?? place.defaultBranch)
      const listed = await readCommits(place.directory, [from], 1_000)
      return ok(pageOf(listed, query).map(commit => commitOf(hub, place, commit)))
    }
    if (kind === 'commits' && rest.at(-1) === 'pulls') {
      const commit = await requireCommit(hub, place, rest.slice(0, -1).join('/'))
      const holding = (await readPullRequests(hub, place)).filter(pull => pull.commits.includes(commit))
      return ok(holding.map(pull => pullRequestOf(hub, place, pull)))
    }
    if (kind === 'commits') return ok(await describeCommit(hub, place, name))
  }
  if (kind === 'pulls') return answerPulls(hub, place, request, response, rest, query)
  throw new Refused(404, 'Not Found')
}

async function answerPulls(
  hub: Hub,
  place: Place,
  request: IncomingMessage,
  response: ServerResponse,
  [number, part]: readonly string[],
  query: URLSearchParams,
): Promise<true> {
  const { method } = request
  const ok = (body: unknown, status = 200) => sendJson(response, status, body)
  const body = method === 'GET' ? {} : await readJsonObject(request)
  if (!body) throw new Refused(400, 'Problems parsing JSON')
  const text = (key: string) => (typeof body[key] === 'string' ? body[key] : null)
  if (number === undefined) {
    if (method === 'GET') {
      const fitting = (await readPullRequests(hub, place)).filter(
        pull =>
          ['all', pull.state].includes(query.get('state') ?? 'open') &&
          [null, pull.baseRef].includes(query.get('base')) &&
          [null, pull.headRef, `${place.owner}:${pull.headRef}`].includes(query.get('head')),
      )
      return ok(pageOf([...fitting].reverse(), query).map(pull => pullRequestOf(hub, place, pull)))
    }
    const [title, head, base] = [text('title'), text('head'), text('base')]
    if (!title || !head || !base) throw new Refused(422, 'Validation Failed: title, head and base are needed')
    const opened = await openPullRequest(hub, place, { title, head, base, body: text('body') ?? '' })
    return ok(pullRequestOf(hub, place, opened), 201)
  }
  const pull = await findPullRequest(hub, place, Number(number))
  if (method === 'GET' && part === undefined) return ok(pullRequestOf(hub, place, pull))
  if (method === 'GET' && part === 'reviews') return ok(pull.reviews.map(review => reviewOf(hub, place, pull, review)))
  if (method === 'GET' && part === 'commits') {
    const commits = await Promise.all(pull.commits.map(sha => readCommit(place.directory, sha)))
    return ok(commits.map(commit => commitOf(hub, place, commit)))
  }
  if (method === 'POST' && part === 'reviews') {
    const state = reviewStates[text('event') ?? '']
    if (!state) throw new Refused(422, 'Validation Failed: event is APPROVE, REQUEST_CHANGES or COMMENT')
    const given = { login: text('reviewer') ?? 'reviewer', state, body: text('body') ?? '' }
    const { pullRequest, review } = await reviewPullRequest(hub, place, pull, given)
    return ok(reviewOf(hub, place, pullRequest, review))
  }
  if (method === 'PUT' && part === 'merge') {
    const by = isObject(body.author)
      ? { name: String(body.author.name), email: String(body.author.email) }
      : { name: 'Maintainer', email: 'maintainer@contoso.example' }
    const asked = { method: text('merge_method') ?? 'merge', sha: text('sha'), title: text('commit_title'), by }
    const sha = await mergePullRequest(hub, place, pull, asked)
    return ok({ sha, merged: true, message: 'Pull Request successfully merged' })
  }
  throw new Refused(404, 'Not Found')
}

async function requireCommit(hub: Hub, place: Place, name: string): Promise<string> {
  const commit = await resolveCommit(hub.gitDir, place.owner, place.name, name)
  if (!commit) throw new Refused(422, `No commit found for SHA: ${name}`)
  return commit
}

async function readBranches(hub: Hub, place: Place, name: string) {
  const branches = await branchesOf(place.directory)
  const brief = (branch: string, sha: string) => ({
    name: branch,
    commit: { sha, url: `${apiAddress(hub, place)}/commits/${sha}` },
    protected: branch === place.defaultBranch,
  })
  if (name === '') return [...branches].map(([branch, sha]) => brief(branch, sha))
  const sha = branches.get(name)
  if (!sha) throw new Refused(404, 'Branch not found')
  return { ...brief(name, sha), commit: commitOf(hub, place, await readCommit(place.directory, sha)) }
}

async function describeCommit(hub: Hub, place: Place, name: string) {
  const commit = await readCommit(place.directory, await requireCommit(hub, place, name))
  const files = await changedFiles(place.directory, null, commit.sha)
  return { ...commitOf(hub, place, commit), files: files.map(({ path, status }) => ({ filename: path, status })) }
}

async function compare(hub: Hub, place: Place, range: string) {
  const [baseName = '', headName = ''] = range.split('...')
  const { directory } = place
  const [base, head] = [await requireCommit(hub, place, baseName), await requireCommit(hub, place, headName)]
  const shared = await mergeBase(directory, base, head)
  if (!shared) throw new Refused(404, 'No common ancestor')
  const [ahead, behind] = [
    await countCommits(directory, `${base}..${head}`),
    await countCommits(directory, `${head}..${base}`),
  ]
  const files = await changedFiles(directory, shared, head)
  const commits = (await readCommits(directory, [head, `^${base}`], 250)).reverse()
  const described = async (sha: string) => commitOf(hub, place, await readCommit(directory, sha))
  return {
    url: `${apiAddress(hub, place)}/compare/${range}`,
    html_url: `${webAddress(hub, place)}/compare/${range}`,
    base_commit: await described(base),
    merge_base_commit: await described(shared),
    status: ahead > 0 ? (behind > 0 ? 'diverged' : 'ahead') : behind > 0 ? 'behind' : 'identical',
    ahead_by: ahead,
    behind_by: behind,
    total_commits: ahead,
    commits: commits.map(commit => commitOf(hub, place, commit)),
    files: files.map(({ path, status }) => ({ filename: path, status })),
  }
}

function pageOf<T>(entries: readonly T[], query: URLSearchParams): readonly T[] {
  const size = Math.min(Number(query.get('per_page')) || 30, 100)
  const start = (Math.max(Number(query.get('page')) || 1, 1) - 1) * size
  return entries.slice(start, start + size)
}

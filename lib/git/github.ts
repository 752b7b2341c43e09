import got from 'got'
import { z } from 'zod'
import { type Env, env } from '@/lib/env/env'
import {
  Branch,
  Commit,
  Comparison,
  type GitCommit,
  Pull,
  type PullRequest,
  type Repository,
  type Review,
  Reviewed,
  Sha,
} from './github-answers'

export type GitHub = {
  /** Null when there is no such branch. */
  branchHead(repository: Repository, branch: string): Promise<string | null>
  /** Null when there is no such commit. */
  commit(repository: Repository, sha: string): Promise<GitCommit | null>
  /** What is in `head` and not in `base`, oldest first, at most 3,000; null when the two have nothing in common. */
  commitsBetween(repository: Repository, base: string, head: string): Promise<readonly GitCommit[] | null>
  pullsWith(repository: Repository, sha: string): Promise<readonly PullRequest[]>
  pull(repository: Repository, number: number): Promise<PullRequest | null>
  commitsOf(repository: Repository, number: number): Promise<readonly string[]>
  reviewsOf(repository: Repository, number: number): Promise<readonly Review[]>
}

/** GitHub did not give what was asked. */
export class GitHubError extends Error {
  override readonly name = 'GitHubError'
}

const pageSize = 100
const mostPages = 30

export type GitHubSettings = { readonly apiUrl: string; readonly token: string | null }

export const gitHubSettings = (source: Env): GitHubSettings => ({
  apiUrl: source.GITHUB_API_URL,
  token: source.GITHUB_TOKEN ?? null,
})

export function openGitHub(settings: GitHubSettings = gitHubSettings(env())): GitHub {
  const get = reader(settings)
  const found = async <T>(schema: z.ZodType<T>, path: string): Promise<T | null> => {
    const body = await get(path)
    return body === null ? null : schema.parse(body)
  }
  const list = async <T>(schema: z.ZodType<T>, path: string): Promise<readonly T[]> => {
    const all: T[] = []
    for (let page = 1; page <= mostPages; page += 1) {
      const entries = (await found(z.array(schema), `${path}?per_page=${pageSize}&page=${page}`)) ?? []
      all.push(...entries)
      if (entries.length !== pageSize) break
    }
    return all
  }
  return {
    branchHead: async (at, branch) => (await found(Branch, `${of(at)}/branches/${encode(branch)}`))?.commit.sha ?? null,
    commit: (at, sha) => found(Commit, `${of(at)}/commits/${encode(sha)}`),
    commitsBetween: (at, base, head) => between(path => found(Comparison, path), at, base, head),
    pullsWith: (at, sha) => list(Pull, `${of(at)}/commits/${encode(sha)}/pulls`),
    pull: (at, number) => found(Pull, `${of(at)}/pulls/${number}`),
    commitsOf: (at, number) => list(Sha, `${of(at)}/pulls/${number}/commits`),
    reviewsOf: (at, number) => list(Reviewed, `${of(at)}/pulls/${number}/reviews`),
  }
}

const encode = encodeURIComponent
const of = ({ owner, name }: Repository) => `/repos/${encode(owner)}/${encode(name)}`

/** A comparison is paged too; a page that brings nothing new is the end of it. */
async function between(
  read: (path: string) => Promise<z.output<typeof Comparison> | null>,
  at: Repository,
  base: string,
  head: string,
): Promise<readonly GitCommit[] | null> {
  const known = new Map<string, GitCommit>()
  for (let page = 1; page <= mostPages; page += 1) {
    const path = `${of(at)}/compare/${encode(base)}...${encode(head)}?per_page=${pageSize}&page=${page}`
    const comparison = await read(path)
    if (comparison === null) return page === 1 ? null : [...known.values()]
    const before = known.size
    for (const commit of comparison.commits) known.set(commit.sha, commit)
    if (comparison.commits.length < pageSize || known.size === before) break
  }
  return [...known.values()]
}

/** Reads one address of the API; null when GitHub does not know it. */
function reader({ apiUrl, token }: GitHubSettings): (path: string) => Promise<unknown> {
  const client = got.extend({
    headers: {
      accept: 'application/vnd.github+json',
      'x-github-api-version': '2022-11-28',
      ...(token !== null && { authorization: `Bearer ${token}` }),
    },
    throwHttpErrors: false,
    followRedirect: false,
    timeout: { request: 30_000 },
    retry: { limit: 3, methods: ['GET'], statusCodes: [408, 429, 500, 502, 503, 504] },
  })
  return async path => {
    const answer = await client.get(`${apiUrl.replace(/\/$/, '')}${path}`).catch((cause: unknown) => {
      throw new GitHubError(`GitHub cannot be reached: ${cause instanceof Error ? cause.message : cause}`, { cause })
    })
    if (answer.statusCode === 404 || answer.statusCode === 422) return null
    if (answer.statusCode !== 200) throw new GitHubError(refused(answer.statusCode, path))
    return JSON.parse(answer.body)
  }
}

const refused = (status: number, path: string) =>
  status === 401 || status === 403
    ? `GitHub does not let the portal read ${path} (${status}): GITHUB_TOKEN is missing, expired or has no right to it.`
    : `GitHub answered ${status} for ${path}.`

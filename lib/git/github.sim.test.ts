import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type GitHub, GitHubError, openGitHub } from './github'

const repository = { owner: 'contoso', name: 'claims' }
const sha = (index: number) => index.toString(16).padStart(40, '0')
const commit = (index: number) => ({
  sha: sha(index),
  commit: {
    message: `fix: ${index}`,
    author: { name: 'Dev', email: 'dev@contoso.example' },
    committer: { date: '2026-11-24T10:00:00Z' },
  },
  author: index === 0 ? { type: 'Bot' } : null,
  parents: index === 1 ? [{ sha: sha(7) }, { sha: sha(8) }] : [{ sha: sha(7) }],
})

let server: Server
let gitHub: GitHub
let authorization: string | undefined

/** Pages as GitHub does: `per_page` and `page` of a comparison too. */
beforeAll(async () => {
  server = createServer((request, response) => {
    authorization = request.headers.authorization
    const url = new URL(request.url ?? '/', 'http://127.0.0.1')
    const page = Number(url.searchParams.get('page') ?? 1)
    const size = Number(url.searchParams.get('per_page') ?? 30)
    const answer = (status: number, body: unknown) => response.writeHead(status).end(JSON.stringify(body))
    if (url.pathname.includes('/compare/')) {
      const all = Array.from({ length: 250 }, (_, index) => commit(index))
      answer(200, { commits: all.slice((page - 1) * size, page * size) })
    } else if (url.pathname.endsWith('/branches/release%2F1')) answer(200, { commit: { sha: sha(3) } })
    else if (url.pathname.endsWith('/branches/forbidden')) answer(403, { message: 'Resource not accessible' })
    else if (url.pathname.endsWith('/branches/moved')) answer(301, {})
    else answer(404, { message: 'Not Found' })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  gitHub = openGitHub({ apiUrl: `http://127.0.0.1:${port}/`, token: 'a-token' })
})
afterAll(() => server.close())

describe('the GitHub client', () => {
  it('reads every page of a comparison, with parents and bots', async () => {
    const commits = await gitHub.commitsBetween(repository, sha(1), sha(2))
    expect(commits?.map(one => one.sha)).toEqual(Array.from({ length: 250 }, (_, index) => sha(index)))
    expect(commits?.[0]).toMatchObject({ isBot: true, authorEmail: 'dev@contoso.example' })
    expect(commits?.[1]?.parents).toHaveLength(2)
  })

  it('sends the token, and encodes the name of a branch', async () => {
    expect(await gitHub.branchHead(repository, 'release/1')).toBe(sha(3))
    expect(authorization).toBe('Bearer a-token')
  })

  it('gives null for what is not there', async () => {
    expect(await gitHub.branchHead(repository, 'gone')).toBeNull()
    expect(await gitHub.commit(repository, sha(9))).toBeNull()
    expect(await gitHub.pull(repository, 1)).toBeNull()
    expect(await gitHub.pullsWith(repository, sha(9))).toEqual([])
  })

  it('says what is wrong when it is refused, sent elsewhere, or cannot be reached', async () => {
    await expect(gitHub.branchHead(repository, 'forbidden')).rejects.toThrow(/GITHUB_TOKEN/)
    await expect(gitHub.branchHead(repository, 'moved')).rejects.toThrow(GitHubError)
    const nobody = openGitHub({ apiUrl: 'http://127.0.0.1:1', token: null })
    await expect(nobody.commit(repository, sha(1))).rejects.toThrow(/cannot be reached/)
  })
})

import { mkdtempSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Webhooks } from '@octokit/webhooks'
import { simpleGit } from 'simple-git'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { readBody } from '../entra/http'
import { createGitPart } from '../git/part'
import { mountParts } from '../git/testing-tenant'
import { createGithubPart } from './part'

const secret = 'webhook-secret-1'
const author = { name: 'Data Engineer', email: 'data.engineer@contoso.example' }
const file = 'workspace/Load claims.Notebook/notebook-content.py'
const write = (text: string, path = file) => ({ kind: 'write', path, text })

type Received = { event: string; id: string; signature: string; body: string }

describe('github', () => {
  let simulator: Awaited<ReturnType<typeof mountParts>>
  let portal: Server
  let portalUrl: string
  let received: Received[] = []
  let portalStatus = 202

  beforeAll(async () => {
    portal = createServer(async (request, response) => {
      const header = (name: string) => String(request.headers[name])
      const body = (await readBody(request)).toString()
      const signature = header('x-hub-signature-256')
      received.push({ event: header('x-github-event'), id: header('x-github-delivery'), signature, body })
      response.writeHead(portalStatus).end('taken')
    })
    await new Promise<void>(resolve => portal.listen(0, '127.0.0.1', resolve))
    portalUrl = `http://127.0.0.1:${(portal.address() as AddressInfo).port}/api/webhooks/github`
    simulator = await mountParts(['git', createGitPart], ['github', createGithubPart])
    await tell('webhook', { url: portalUrl, secret })
  })
  afterAll(async () => {
    await simulator.close()
    await new Promise(resolve => portal.close(resolve))
  })
  beforeEach(() => {
    received = []
    portalStatus = 202
  })

  async function ask(path: string, init: { method?: string; body?: object } = {}) {
    const { method = 'GET', body } = init
    const answer = await fetch(
      `${simulator.baseUrl}${path}`,
      body ? { method, body: JSON.stringify(body) } : { method },
    )
    return { status: answer.status, body: await answer.json() }
  }
  const tell = (action: string, body: object = {}) =>
    ask(`/_sim/github/contoso/claims-analytics/${action}`, { method: 'POST', body })
  const api = (path: string, method = 'GET', body?: object) =>
    ask(`/github/repos/contoso/claims-analytics${path}`, body ? { method, body } : { method })
  const last = () => JSON.parse(received.at(-1)?.body ?? 'null')
  const push = async (message: string, more: object = {}) =>
    (await tell('push', { message, author, changes: [write(`${message}\n`)], ...more })).body

  it('sends a push whose signature holds over its exact bytes, in the form of GitHub', async () => {
    const { before, after, delivery } = await push('feat(claims): zähle alle Fälle', {
      changes: [write('rows = 3\n'), write('new', 'docs/new.md'), { kind: 'delete', path: 'README.md' }],
    })
    expect(delivery).toMatchObject({ status: 202, answer: 'taken', event: 'push' })
    const [{ signature = '', body = '', id = '' } = {}] = received
    const webhooks = new Webhooks({ secret })
    expect(await webhooks.verify(body, signature)).toBe(true)
    expect(await webhooks.verify(`${body} `, signature)).toBe(false)
    expect(id).toMatch(/^[0-9a-f-]{36}$/)
    const commit = {
      id: after,
      message: 'feat(claims): zähle alle Fälle',
      distinct: true,
      author: { ...author, username: 'data-engineer' },
      added: ['docs/new.md'],
      removed: ['README.md'],
      modified: [file],
    }
    expect(last()).toMatchObject({
      ref: 'refs/heads/main',
      before,
      after,
      created: false,
      deleted: false,
      forced: false,
      pusher: { name: 'data-engineer', email: author.email },
      repository: { full_name: 'contoso/claims-analytics', default_branch: 'main' },
      commits: [commit],
      head_commit: commit,
    })
    expect(last().commits[0]).not.toHaveProperty('parents')
  })

  it('pushes several commits at once, and to another branch and another target', async () => {
    const messages = ['feat: one', 'fixed the thing', 'docs: three']
    const { commits } = (await tell('push', { messages, changes: [write('1'), write('2'), write('3')] })).body
    expect(last().commits.map((c: { id: string }) => c.id)).toEqual(commits)
    expect(last().commits.map((c: { message: string }) => c.message)).toEqual(messages)
    const webhook = { url: `${portalUrl}/other`, secret: 'other' }
    const { delivery } = await push('feat: four', { branch: 'feature/four', webhook })
    expect(delivery.url).toBe(webhook.url)
    expect(last()).toMatchObject({
      ref: 'refs/heads/feature/four',
      created: true,
      commits: [{ message: 'feat: four' }],
    })
    expect(
      await new Webhooks({ secret: 'other' }).verify(received.at(-1)?.body ?? '', received.at(-1)?.signature ?? ''),
    ).toBe(true)
  })

  it('refuses a push that cannot be made, and sends nothing', async () => {
    const replace = { kind: 'replace', path: file, find: 'not in there', replace: 'x' }
    expect((await tell('push', { message: 'feat: x', changes: [replace] })).status).toBe(422)
    expect((await tell('push', { changes: [] })).status).toBe(422)
    expect((await ask('/_sim/github/contoso/other/push', { method: 'POST', body: {} })).status).toBe(404)
    expect(received).toEqual([])
  })

  it('answers about branches, commits and comparisons', async () => {
    const { before, after } = await push('feat: compare')
    expect((await api('/branches/main')).body).toMatchObject({ name: 'main', commit: { sha: after } })
    expect((await api('/branches/none')).status).toBe(404)
    const { body: commit } = await api(`/commits/${after}`)
    expect(commit).toMatchObject({
      sha: after,
      commit: { message: 'feat: compare', author },
      author: { login: 'data-engineer' },
      parents: [{ sha: before }],
      files: [{ filename: file, status: 'modified' }],
    })
    expect((await api('/commits/0123456789')).status).toBe(422)
    const { body: ahead } = await api(`/compare/${before}...main`)
    expect(ahead).toMatchObject({ status: 'ahead', ahead_by: 1, total_commits: 1, commits: [{ sha: after }] })
    expect((await api(`/compare/main...${before}`)).body).toMatchObject({ status: 'behind', behind_by: 1 })
    expect((await api('/compare/main...main')).body.status).toBe('identical')
  })

  it('takes a pull request from opening over review to merge', async () => {
    const { after } = await push('feat: by pull request', { branch: 'feature/pull' })
    const opened = await api('/pulls', 'POST', { title: 'By pull request', head: 'feature/pull', base: 'main' })
    expect(opened).toMatchObject({ status: 201, body: { state: 'open', head: { sha: after }, merged: false } })
    expect(last()).toMatchObject({ action: 'opened', pull_request: { head: { ref: 'feature/pull' } } })
    const { number } = opened.body
    expect((await api('/pulls', 'POST', { title: 'Again', head: 'feature/pull', base: 'main' })).status).toBe(422)
    expect(
      (await api(`/pulls/${number}/reviews`, 'POST', { event: 'APPROVE', reviewer: 'data-engineer' })).status,
    ).toBe(422)
    const reviewed = await api(`/pulls/${number}/reviews`, 'POST', { event: 'APPROVE', reviewer: 'second-engineer' })
    expect(reviewed.body).toMatchObject({ state: 'APPROVED', user: { login: 'second-engineer' }, commit_id: after })
    expect(received.at(-1)?.event).toBe('pull_request_review')
    expect(last()).toMatchObject({ action: 'submitted', review: { state: 'approved' }, pull_request: { number } })
    const merged = await api(`/pulls/${number}/merge`, 'PUT', {})
    expect(merged.body).toMatchObject({ merged: true })
    expect(received.map(({ event }) => event).slice(-2)).toEqual(['pull_request', 'push'])
    expect(last()).toMatchObject({ after: merged.body.sha, commits: [{ id: after }, { id: merged.body.sha }] })
    expect((await api(`/commits/${merged.body.sha}`)).body.parents).toHaveLength(2)
    expect((await api(`/commits/${after}/pulls`)).body).toMatchObject([{ number, merged_at: expect.any(String) }])
    expect((await api(`/pulls/${number}/merge`, 'PUT', {})).status).toBe(405)
    expect((await api('/pulls?state=closed&base=main')).body.map((p: { number: number }) => p.number)).toContain(number)
    expect((await api('/pulls?state=open&base=main')).body).toEqual([])
  })

  it('refuses to merge what conflicts', async () => {
    await push('feat: theirs', { branch: 'feature/conflict' })
    await push('feat: ours')
    const { body } = await api('/pulls', 'POST', { title: 'Conflict', head: 'feature/conflict', base: 'main' })
    expect((await api(`/pulls/${body.number}/merge`, 'PUT', {})).status).toBe(405)
  })

  it('approves a commit that went straight to main, in a pull request that holds all of its push', async () => {
    const messages = ['feat: first of two', 'feat: second of two']
    const { after, commits } = (await tell('push', { messages, author, changes: [write('a'), write('b')] })).body
    const approved = await tell('approve', { commit: after, reviewer: 'second-engineer' })
    expect(approved.body).toMatchObject({
      delivery: { status: 202 },
      pullRequest: { merged: true, head: { sha: after } },
    })
    expect(last()).toMatchObject({
      action: 'submitted',
      review: { state: 'approved', commit_id: after, user: { login: 'second-engineer' } },
      pull_request: { head: { sha: after }, base: { ref: 'main' }, user: { login: 'data-engineer' } },
    })
    for (const sha of commits) {
      expect((await api(`/commits/${sha}/pulls`)).body).toMatchObject([{ number: approved.body.pullRequest.number }])
    }
    const again = await tell('approve', { commit: after, reviewer: 'third-engineer' })
    expect(again.body.pullRequest.number).toBe(approved.body.pullRequest.number)
    expect((await tell('approve', { commit: after, reviewer: 'data-engineer' })).status).toBe(422)
  })

  it('hears of a push that came with git itself', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'gatehouse-clone-'))
    await simpleGit().clone(`${simulator.baseUrl}/git/contoso/claims-analytics.git`, folder)
    const work = simpleGit(folder)
    await work.addConfig('user.name', author.name).addConfig('user.email', author.email)
    writeFileSync(join(folder, 'pushed.md'), 'x')
    await work.add('.').commit('docs: push with git').push('origin', 'main')
    await expect.poll(() => last()?.commits?.[0]?.message).toBe('docs: push with git')
  })

  it('reports a portal that refuses or is not there, and sends the same bytes again on demand', async () => {
    portalStatus = 401
    expect((await push('feat: refused')).delivery.status).toBe(401)
    portalStatus = 202
    const refused = received.at(-1)
    const again = await tell(`deliveries/${refused?.id}/redeliver`)
    expect(again.body.delivery.status).toBe(202)
    expect(received.at(-1)).toEqual(refused)
    const webhook = { url: 'http://127.0.0.1:9/none', secret }
    expect((await push('feat: nobody', { webhook })).delivery).toMatchObject({
      status: null,
      answer: expect.stringContaining('No answer'),
    })
  })

  it('pings', async () => {
    await tell('ping')
    expect(received).toMatchObject([{ event: 'ping' }])
    expect(last()).toMatchObject({ hook: { config: { url: portalUrl } }, repository: { name: 'claims-analytics' } })
  })

  it('keeps webhook and pull requests over a restart', async () => {
    const pulls = (await api('/pulls?state=all&per_page=100')).body.length
    expect(pulls).toBeGreaterThan(1)
    const restarted = await mountRestarted()
    const state = await fetch(`${restarted.baseUrl}/github/repos/contoso/claims-analytics/pulls?state=all&per_page=100`)
    expect(await state.json()).toHaveLength(pulls)
    await restarted.close()
  })

  const mountRestarted = () => mountParts(['github', () => createGithubPart(simulator.contextOf('github'))])
})

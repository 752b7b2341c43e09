import { readFileSync, rmSync, statSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createGitPart } from '../git/part'
import { mountParts } from '../git/testing-tenant'
import { createGithubPart } from '../github/part'
import { createCiPart } from './part'

type Heard = { path: string; authorization: string; type: string; body: Record<string, string> }

const commit = 'ab12'.repeat(10)
let simulator: Awaited<ReturnType<typeof mountParts>>
let portal: Server
let portalUrl: string
let kept: string
let heard: Heard[]
let answerWith: (criterion: string) => number

beforeAll(async () => {
  portal = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(Buffer.from(chunk))
    const body = JSON.parse(Buffer.concat(chunks).toString())
    const { authorization = '', 'content-type': type = '' } = request.headers
    heard.push({ path: `${request.method} ${request.url}`, authorization, type, body })
    response.writeHead(answerWith(body.criterion), { location: '/elsewhere' }).end('{"id":"<taken>"}')
  })
  await new Promise<void>(resolve => portal.listen(0, '127.0.0.1', resolve))
  portalUrl = `http://127.0.0.1:${(portal.address() as AddressInfo).port}`
  simulator = await mountParts(['git', createGitPart], ['github', createGithubPart], ['ci', createCiPart])
  kept = join(simulator.contextOf('ci').dataDir, 'state.json')
})
beforeEach(() => {
  heard = []
  answerWith = () => 201
  rmSync(kept, { force: true })
})
afterAll(async () => {
  await simulator.close()
  await new Promise(resolve => portal.close(resolve))
})

const post = (path: string, body: unknown) =>
  fetch(`${simulator.baseUrl}${path}`, { method: 'POST', body: JSON.stringify(body) })
const meet = () => post('/_sim/ci', { portalUrl: `${portalUrl}/`, token: 'gh_secret' })
const build = (change: object = {}) => post('/_sim/ci/build', { commit, hop: 'dev-test', outcome: 'pass', ...change })

describe('POST /_sim/ci', () => {
  it.each([
    'http://portal.example',
    'http://127.0.0.1.portal.example',
    'http://user@127.0.0.1:3000',
    'http://10.0.0.1',
    'http://localhost.example',
    'file://localhost/x',
    'http://127.0.0.1:3000/?to=x',
    'portal',
  ])('refuses %s', async address => {
    expect((await post('/_sim/ci', { portalUrl: address, token: 'gh_secret' })).status).toBe(422)
    expect((await build()).status).toBe(409)
  })

  it.each(['http://localhost:3000', 'http://127.0.0.1:3000/', 'http://[::1]:3000', 'https://127.0.0.9/portal/'])(
    'takes %s',
    async address => {
      expect((await post('/_sim/ci', { portalUrl: address, token: 'gh_secret' })).status).toBe(200)
    },
  )

  it('asks for a token once, never shows it, and keeps it in a file for itself alone', async () => {
    expect((await post('/_sim/ci', { portalUrl })).status).toBe(422)
    expect((await post('/_sim/ci', { portalUrl, token: 'a\nb' })).status).toBe(422)
    expect(await (await meet()).text()).not.toContain('gh_secret')
    const read = async () => (await fetch(`${simulator.baseUrl}/_sim/ci`)).text()
    expect(JSON.parse(await read())).toEqual({ portalUrl, builds: [] })
    const moved = await post('/_sim/ci', { portalUrl: 'http://localhost:9' })
    expect(await moved.json()).toMatchObject({ portalUrl: 'http://localhost:9' })
    expect(JSON.parse(readFileSync(kept, 'utf8')).target).toEqual({
      portalUrl: 'http://localhost:9',
      token: 'gh_secret',
    })
    expect(statSync(kept).mode & 0o077).toBe(0)
    expect((await fetch(`${simulator.baseUrl}/_sim/developer`).then(page => page.text())).includes('gh_secret')).toBe(
      false,
    )
  })
})

describe('POST /_sim/ci/build', () => {
  it.each([
    ['dev-test', ['unit-tests', 'lint', 'documentation']],
    ['test-uat', ['integration-tests', 'data-quality', 'performance-baseline', 'security-scan']],
  ])('reports every criterion of %s as the evidence API has it', async (hop, criteria) => {
    await meet()
    for (const outcome of ['pass', 'fail']) {
      heard.length = 0
      const answer = await build({ hop, outcome })
      expect(answer.status).toBe(201)
      const { reports } = await answer.json()
      expect(reports.map((report: { status: number }) => report.status)).toEqual(criteria.map(() => 201))
      expect(heard.map(({ body }) => body.criterion)).toEqual(criteria)
      for (const { path, authorization, type, body } of heard) {
        expect([path, authorization, type]).toEqual(['POST /api/v1/evidence', 'Bearer gh_secret', 'application/json'])
        expect(Object.keys(body).sort()).toEqual(['commit', 'criterion', 'link', 'outcome', 'summary'])
        expect(body).toMatchObject({ commit, outcome })
        expect(body.link).toMatch(/^https:\/\/ci\.claims\.example\//)
      }
    }
    const summaries = (await (await fetch(`${simulator.baseUrl}/_sim/ci`)).json()).builds.flatMap(
      (built: { reports: { summary: string }[] }) => built.reports.map(report => report.summary),
    )
    expect(new Set(summaries).size).toBe(criteria.length * 2)
  })

  it('reports the asked criteria alone, each with its own answer, and follows no redirect', async () => {
    await meet()
    answerWith = criterion => (criterion === 'lint' ? 307 : 403)
    const { reports } = await (await build({ criteria: ['lint', 'documentation'] })).json()
    expect(reports).toMatchObject([
      { criterion: 'lint', status: 307 },
      { criterion: 'documentation', status: 403, answer: '{"id":"<taken>"}' },
    ])
    expect(heard).toHaveLength(2)
  })

  it('says when no answer came', async () => {
    const gone = createServer()
    await new Promise<void>(resolve => gone.listen(0, '127.0.0.1', resolve))
    const { port } = gone.address() as AddressInfo
    await new Promise(resolve => gone.close(resolve))
    await post('/_sim/ci', { portalUrl: `http://127.0.0.1:${port}`, token: 'gh_secret' })
    const { reports } = await (await build()).json()
    expect(reports[0]).toMatchObject({ status: null, answer: expect.stringMatching(/^No answer: /) })
  })

  it.each([
    ['a short commit', { commit: 'abc' }],
    ['another hop', { hop: 'uat-prod' }],
    ['another outcome', { outcome: 'maybe' }],
    ['a criterion of another hop', { criteria: ['security-scan'] }],
    ['a sign-off', { hop: 'test-uat', criteria: ['qa-sign-off'] }],
    ['no criteria', { criteria: [] }],
  ])('refuses %s and reports nothing', async (_, change) => {
    await meet()
    expect((await build(change)).status).toBe(422)
    expect(heard).toEqual([])
  })
})

describe('the developer page', () => {
  const page = async () => (await fetch(`${simulator.baseUrl}/_sim/developer`)).text()
  const press = (act: string, form: Record<string, string>) =>
    fetch(`${simulator.baseUrl}/_sim/developer/${act}`, {
      method: 'POST',
      body: new URLSearchParams(form),
      redirect: 'manual',
    })
  const newest = async () => /name="commit" value="([0-9a-f]{40})"/.exec(await page())?.[1] ?? ''

  it('builds a commit on a button and shows what the portal answered', async () => {
    await meet()
    answerWith = criterion => (criterion === 'data-quality' ? 403 : 201)
    const pressed = await press('build', { commit: await newest(), hop: 'test-uat', outcome: 'fail' })
    expect([pressed.status, pressed.headers.get('location')]).toEqual([303, '/_sim/developer#reported'])
    const html = await page()
    expect(html).toContain('Build 1, Test → UAT: fail')
    expect(html).toContain('3 of 4 taken')
    expect(html).toContain('answered 403')
    expect(html).toContain('&#60;taken&#62;')
    expect(html).not.toContain('<taken>')
  })

  it('follows a commit by its build when that is ticked, and only then', async () => {
    await meet()
    const before = await newest()
    await press('commit', { change: '4', message: 'fix: one', build: 'on' })
    const built = await newest()
    expect(built).not.toBe(before)
    expect(heard.map(({ body }) => [body.commit, body.criterion])).toEqual(
      ['unit-tests', 'lint', 'documentation'].map(criterion => [built, criterion]),
    )
    await press('commit', { change: '4', message: 'fix: two' })
    expect(await newest()).not.toBe(built)
    expect(heard).toHaveLength(3)
    expect(await page()).toContain('name="build" checked')
  })

  it('commits without a portal, but says why it cannot build', async () => {
    const before = await newest()
    expect((await press('commit', { change: '4', message: 'fix: one', build: 'on' })).status).toBe(303)
    expect(await newest()).not.toBe(before)
    const refused = await press('build', { commit: before, hop: 'dev-test', outcome: 'pass' })
    expect(refused.status).toBe(409)
    expect(await refused.text()).toContain('The build does not know the portal')
  })
})

import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { developerChanges } from '../demo/developer-changes'
import { tenant } from '../demo/tenant'
import { createGitPart } from '../git/part'
import { readTree } from '../git/repositories'
import { mountParts } from '../git/testing-tenant'
import { createGithubPart } from './part'

const [repository = { owner: '', name: '', defaultBranch: '' }] = tenant.repositories
const { owner, name, defaultBranch } = repository

describe('the developer page on the demo tenant', () => {
  let simulator: Awaited<ReturnType<typeof mountParts>>
  let portal: Server
  const heard: string[] = []

  beforeAll(async () => {
    portal = createServer((request, response) => {
      heard.push(String(request.headers['x-github-event']))
      request.resume()
      response.writeHead(202).end('<taken>')
    })
    await new Promise<void>(resolve => portal.listen(0, '127.0.0.1', resolve))
    simulator = await mountParts(
      ['git', context => createGitPart({ ...context, tenant })],
      ['github', context => createGithubPart({ ...context, tenant })],
    )
    const url = `http://127.0.0.1:${(portal.address() as AddressInfo).port}/hook`
    await fetch(`${simulator.baseUrl}/_sim/github/${owner}/${name}/webhook`, {
      method: 'POST',
      body: JSON.stringify({ url, secret: 's' }),
    })
  })
  afterAll(async () => {
    await simulator.close()
    await new Promise(resolve => portal.close(resolve))
  })

  const read = async () => (await fetch(`${simulator.baseUrl}/_sim/developer`)).text()
  const files = async () => (await readTree(simulator.contextOf('git').dataDir, owner, name, defaultBranch, '')).files
  const press = (act: string, form: Record<string, string>) =>
    fetch(`${simulator.baseUrl}/_sim/developer/${act}`, {
      method: 'POST',
      body: new URLSearchParams(form),
      redirect: 'manual',
    })

  it.each(developerChanges.map((change, index) => [change.title, index] as const))(
    'commits "%s" again and again, each time with something in it',
    async (_, index) => {
      const message = developerChanges[index]?.message ?? ''
      for (const _time of index === 0 ? [1, 2, 3] : [1, 2]) {
        const before = await files()
        expect((await press('commit', { change: String(index), message })).status).toBe(303)
        const after = await files()
        const changed = [...after].filter(([path, bytes]) => !before.get(path)?.equals(bytes))
        expect(changed.length).toBeGreaterThan(0)
        for (const [path, bytes] of changed) {
          if (path.endsWith('.json') || path.endsWith('.platform')) JSON.parse(bytes.toString())
          const measures = bytes.toString().match(/measure '[^']+'/g) ?? []
          expect(new Set(measures).size).toBe(measures.length)
        }
      }
    },
  )

  it('approves the newest commit by somebody else, and shows what was answered', async () => {
    const [, commit = ''] = /name="commit" value="([0-9a-f]{40})"/.exec(await read()) ?? []
    heard.length = 0
    expect((await press('approve', { commit, reviewer: 'second.engineer@claims.example' })).status).toBe(303)
    expect(heard).toContain('pull_request_review')
    const html = await read()
    expect(html).toContain('approved by second-engineer')
    expect(html).toContain('answered 202')
    expect(html).toContain('&#60;taken&#62;')
  })

  it('refuses a change without a message, in words', async () => {
    const answer = await press('commit', { change: '0', message: ' ' })
    expect(answer.status).toBe(422)
    expect(await answer.text()).toContain('A change and a message are needed.')
  })
})

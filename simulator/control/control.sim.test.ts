import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import {
  createClient,
  errorCode,
  part,
  startTestSimulator,
  type TestSimulator,
  temporaryFolder,
} from '../testing/client'
import { ids } from '../testing/tenant'

const { dev, spare } = ids.workspaces
const callSchema = z.looseObject({
  sequence: z.number(),
  method: z.string(),
  path: z.string(),
  status: z.number().nullable(),
  write: z.boolean(),
  principalId: z.string().nullable(),
  workspaceId: z.string().nullable(),
  bodyDigest: z.string().nullable(),
})
const notebook = { definition: { parts: [part('notebook-content.py', '# Fabric notebook source\n')] } }

describe('the control API', () => {
  let simulator: TestSimulator
  const call = (method: string, path: string, body?: unknown) => simulator.client.call(method, path, body)
  const fault = async (effect: object, match: object = {}) => {
    const added = await call('POST', '/_sim/faults', { match, effect })
    expect(added.status).toBe(201)
    return z.looseObject({ id: z.string() }).parse(added.body).id
  }
  const names = async () => (await simulator.client.itemsOf(spare)).map(item => item.displayName)
  const create = (displayName: string) =>
    call('POST', `/v1/workspaces/${spare}/notebooks`, { displayName, ...notebook })

  beforeAll(async () => {
    simulator = await startTestSimulator()
    await call('POST', '/_sim/settings', { asyncRate: 0, operationMs: 50 })
  })
  afterAll(() => simulator.stop())

  it('refuses a call as many times as it is told, after as many as it is told', async () => {
    const match = { method: 'GET', pathPattern: '/workspaces$', times: 2, afterCalls: 1 }
    const id = await fault({ kind: 'status', status: 429, errorCode: 'RequestBlocked', retryAfterSeconds: 7 }, match)
    const statuses = []
    for (let turn = 0; turn < 4; turn += 1) statuses.push(await call('GET', '/v1/workspaces'))
    expect(statuses.map(answer => answer.status)).toEqual([200, 429, 429, 200])
    expect(statuses[1]?.headers.get('retry-after')).toBe('7')
    expect(statuses[1]?.headers.get('x-ms-public-api-error-code')).toBe('RequestBlocked')
    expect((await call('GET', `/_sim/faults/${id}`)).body).toMatchObject({ seen: 4, used: 2 })
    await call('DELETE', `/_sim/faults/${id}`)
    expect((await call('GET', '/_sim/faults')).body).toEqual([])
  })

  it('acts and hides it, or hides without acting', async () => {
    const match = { method: 'POST', pathPattern: '/notebooks$' }
    await fault({ kind: 'act-then-status', status: 429, errorCode: 'RequestBlocked' }, match)
    expect((await create('acted')).status).toBe(429)
    await fault({ kind: 'act-then-drop' }, match)
    await expect(create('dropped')).rejects.toThrow('fetch failed')
    await fault({ kind: 'drop' }, match)
    await expect(create('never')).rejects.toThrow('fetch failed')
    expect(await names()).toEqual(expect.arrayContaining(['acted', 'dropped']))
    expect(await names()).not.toContain('never')
  })

  it('breaks bodies and slows calls down', async () => {
    const match = { pathPattern: `workspaces/${spare}$` }
    await fault({ kind: 'body', text: '<html>busy</html>' }, match)
    expect((await call('GET', `/v1/workspaces/${spare}`)).bytes.toString()).toBe('<html>busy</html>')
    await fault({ kind: 'truncate', bytes: 5 }, match)
    await expect(call('GET', `/v1/workspaces/${spare}`)).rejects.toThrow()
    await fault({ kind: 'delay', delayMs: 120 }, match)
    const from = Date.now()
    await call('GET', `/v1/workspaces/${spare}`)
    expect(Date.now() - from).toBeGreaterThanOrEqual(119)
  })

  it('lets an operation fail, with or without having acted', async () => {
    const match = { method: 'POST', pathPattern: '/notebooks$' }
    const finish = (displayName: string) =>
      simulator.client.finish('POST', `/v1/workspaces/${spare}/notebooks`, { displayName, ...notebook })
    await fault({ kind: 'operation-fails', errorCode: 'EntityNotFound' }, match)
    expect((await finish('failed')).body).toMatchObject({ status: 'Failed', error: { errorCode: 'EntityNotFound' } })
    await fault({ kind: 'operation-fails', errorCode: 'EntityNotFound', acts: true }, match)
    await finish('failed though made')
    expect(await names()).toContain('failed though made')
    expect(await names()).not.toContain('failed')
  })

  it('limits the calls of an identity', async () => {
    await call('POST', '/_sim/settings', { callsPerMinute: 2 })
    const answers = [
      await call('GET', '/v1/capacities'),
      await call('GET', '/v1/capacities'),
      await call('GET', '/v1/capacities'),
    ]
    await call('POST', '/_sim/settings', { callsPerMinute: 0 })
    expect(answers.map(answer => answer.status)).toEqual([200, 200, 429])
    expect(Number(answers[2]?.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(answers[2]?.body).toMatchObject({
      isRetriable: true,
      message: expect.stringMatching(/until: .* (AM|PM) \(UTC\)$/),
    })
  })

  it('logs every call, and says which would write', async () => {
    await call('DELETE', '/_sim/calls')
    const id = await simulator.client.itemId(dev, 'Notebook')
    await call('POST', `/v1/workspaces/${dev}/items/${id}/getDefinition`)
    await call('POST', `/v1/workspaces/${dev}/items/${id}/updateDefinition`, notebook)
    await createClient(simulator.url, 'none').call('GET', '/v1/workspaces')
    const logged = z.array(callSchema).parse((await call('GET', '/_sim/calls')).body)
    expect(logged.map(({ method, status, write }) => [method, status, write])).toEqual([
      ['GET', 200, false],
      ['POST', 200, false],
      ['POST', 200, true],
      ['GET', 401, false],
    ])
    expect(logged[2]).toMatchObject({
      principalId: ids.portal,
      workspaceId: dev,
      bodyDigest: expect.stringMatching(/^\w{64}$/),
    })
    const since = `/_sim/calls?since=${logged[1]?.sequence}&method=POST&path=UPDATEDEFINITION`
    expect(z.array(callSchema).parse((await call('GET', since)).body)).toHaveLength(1)
  })

  it('shows a page of links, and its state', async () => {
    expect((await call('GET', '/_sim')).bytes.toString()).toContain('<h1>Fabric simulator</h1>')
    expect((await call('GET', '/_sim/state')).body).toMatchObject({
      workspaces: [{ displayName: 'Claims-Dev' }, {}, {}],
    })
    expect(errorCode(await call('POST', '/_sim/settings', { asyncRate: 2 }))).toBe('InvalidInput')
  })

  it('goes back to the first state', async () => {
    expect(await names()).not.toEqual([])
    const before = await simulator.client.itemId(dev, 'Notebook')
    await call('POST', '/_sim/reset')
    expect(await names()).toEqual([])
    expect(await simulator.client.itemId(dev, 'Notebook')).toBe(before)
  })
})

describe('a restart', () => {
  it('keeps the state, and ends what was under way', async () => {
    const dataDir = temporaryFolder()
    const first = await startTestSimulator(dataDir)
    await first.client.call('POST', '/_sim/settings', { asyncRate: 1, operationMs: 1500 })
    const started = await first.client.call('POST', `/v1/workspaces/${spare}/notebooks`, {
      displayName: 'Later',
      ...notebook,
    })
    expect(started.status).toBe(202)
    const before = await first.client.itemsOf(dev)
    await first.stop()

    const second = await startTestSimulator(dataDir)
    expect(await second.client.itemsOf(dev)).toEqual(before)
    const poll = async () =>
      (await second.client.call('GET', `/v1/operations/${started.headers.get('x-ms-operation-id')}`)).body
    await expect.poll(poll, { timeout: 5000 }).toMatchObject({ status: 'Succeeded' })
    expect((await second.client.itemsOf(spare)).map(item => item.displayName)).toEqual(['Later'])
    const logged = z.array(callSchema).parse((await second.client.call('GET', '/_sim/calls?method=POST')).body)
    expect(logged.map(entry => entry.path)).toContain(`/v1/workspaces/${spare}/notebooks`)
    await second.stop()
  })
})

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type SimulatedFabric, startSimulatedFabric } from '@/scripts/test/simulated-fabric'
import { demo } from '@/simulator/demo/tenant'
import { testConnection } from './connections'
import { FabricError } from './errors'
import { openFabric } from './fabric'
import { createItem, getDefinition, listItems, updateDefinition } from './items'
import { startJob, waitForJob } from './jobs'
import { exportReport } from './power-bi'
import { readTarget, readWorkspace } from './read-workspace'
import { asRefusal } from './refusal'
import { setActiveValueSet } from './variable-libraries'
import { getWorkspace, listWorkspaces } from './workspaces'

let simulated: SimulatedFabric
beforeAll(async () => {
  simulated = await startSimulatedFabric()
})
afterAll(() => simulated.stop())
afterEach(async () => {
  await simulated.clearFaults()
  await simulated.set({
    asyncRate: 0.5,
    foreignLocationHost: null,
    pageSize: 100,
    retryAfterSeconds: 0,
    operationMs: 50,
  })
  await simulated.clearCalls()
})

const { test: target, dev } = demo.workspaces
const notebook = (displayName: string) => ({
  type: 'Notebook',
  displayName,
  description: '',
  folderId: null,
  parts: [{ path: 'notebook-content.py', bytes: new TextEncoder().encode('# Fabric notebook source\n') }],
})
const refused = (work: Promise<unknown>): Promise<FabricError> =>
  work.then(
    () => Promise.reject(new Error('it was not refused')),
    error => (error instanceof FabricError ? error : Promise.reject(error)),
  )

describe('long-running operations', () => {
  test.each([
    ['at once', 0],
    ['by an operation', 1],
  ])('a create answered %s gives the item', async (_, asyncRate) => {
    await simulated.set({ asyncRate })
    const item = await createItem(simulated.fabric, target, notebook(`nb ${asyncRate}`))
    expect(item).toMatchObject({ displayName: `nb ${asyncRate}`, type: 'Notebook' })
    expect(await getDefinition(simulated.fabric, target, item?.id ?? '')).toHaveLength(2)
  })

  test('an update that succeeds without a result is a success', async () => {
    await simulated.set({ asyncRate: 1 })
    const item = await createItem(simulated.fabric, target, notebook('nb update'))
    await updateDefinition(simulated.fabric, target, { id: item?.id ?? '', type: 'Notebook' }, notebook('').parts)
  })

  test('a failed operation names its error code, and is not a success', async () => {
    await simulated.set({ asyncRate: 1 })
    await simulated.fault(
      { method: 'POST', pathPattern: '/items$' },
      { kind: 'operation-fails', errorCode: 'CorruptedPayload' },
    )
    const error = await refused(createItem(simulated.fabric, target, notebook('nb fails')))
    expect(error).toMatchObject({ errorCode: 'CorruptedPayload', kind: 'terminal' })
  })

  test('one that never ends is unknown after the deadline, not failed', async () => {
    await simulated.fault({ method: 'POST', pathPattern: '/items$' }, { kind: 'operation-hangs' })
    const patience = { ...simulated.fabric.patience, operationMs: 300 }
    const error = await refused(createItem({ ...simulated.fabric, patience }, target, notebook('nb hangs')))
    expect(error).toMatchObject({ errorCode: 'UnknownEnd', kind: 'ambiguous' })
  })

  test('without a Location the id of the operation is enough', async () => {
    await simulated.set({ asyncRate: 1 })
    await simulated.fault({ method: 'POST', pathPattern: '/items$' }, { kind: 'no-location' })
    expect(await createItem(simulated.fabric, target, notebook('nb no location'))).toMatchObject({ type: 'Notebook' })
  })

  test('a Location on another host gets no call, and so no token', async () => {
    const heard: (string | undefined)[] = []
    const stranger = createServer((request, response) => {
      heard.push(request.headers.authorization)
      response.end('{}')
    })
    await new Promise<void>(done => stranger.listen(0, '127.0.0.1', done))
    const { port } = stranger.address() as AddressInfo
    await simulated.set({ asyncRate: 1, foreignLocationHost: `http://127.0.0.1:${port}` })
    expect(await createItem(simulated.fabric, target, notebook('nb foreign'))).toMatchObject({ type: 'Notebook' })
    expect(heard).toEqual([])
    stranger.close()
  })

  test('a job is followed by its own id, and only its status says how it ended', async () => {
    const items = await listItems(simulated.fabric, dev)
    const itemId = items.find(item => item.displayName === 'nb_smoke_test')?.id ?? ''
    const job = { workspaceId: dev, itemId, jobType: 'RunNotebook' }
    const run = async () =>
      waitForJob(simulated.fabric, { ...job, jobInstanceId: await startJob(simulated.fabric, job) })
    expect(await run()).toMatchObject({ status: 'Completed' })
    await simulated.fault({ method: 'POST', pathPattern: '/jobs/' }, { kind: 'job-ends', status: 'Deduped' })
    expect(await run()).toMatchObject({ status: 'Deduped' })
  })
})

describe('repetition', () => {
  const counted = async (method: string, path: RegExp) =>
    (await simulated.calls(method)).filter(call => path.test(call.path)).length

  test('a GET is sent again after a throttling, a fault of the server, a lost and a cut-off answer', async () => {
    const match = { method: 'GET', pathPattern: `/workspaces/${target}$` }
    for (const effect of [
      { kind: 'status', status: 429, errorCode: 'RequestBlocked', retryAfterSeconds: 0 },
      { kind: 'status', status: 503 },
      { kind: 'drop' },
      { kind: 'truncate' },
    ])
      await simulated.fault(match, effect)
    expect(await getWorkspace(simulated.fabric, target)).toMatchObject({ id: target })
    expect(await counted('GET', new RegExp(`/workspaces/${target}$`))).toBe(5)
  })

  test('a throttled POST is sent again after Retry-After, and holds the others back', async () => {
    const began = Date.now()
    const effect = { kind: 'status', status: 429, errorCode: 'RequestBlocked', retryAfterSeconds: 1 }
    await simulated.fault({ method: 'POST', pathPattern: '/items$' }, effect)
    await createItem(simulated.fabric, target, notebook('nb throttled'))
    expect(Date.now() - began).toBeGreaterThanOrEqual(1_000)
    expect(await counted('POST', /\/items$/)).toBe(2)
  })

  test.each([
    ['a fault of the server', { kind: 'act-then-status', status: 500 }],
    ['a lost answer', { kind: 'act-then-drop' }],
  ])('a POST is never sent again after %s: it is ambiguous', async (name, effect) => {
    await simulated.set({ asyncRate: 0 })
    await simulated.fault({ method: 'POST', pathPattern: '/items$' }, effect)
    const error = await refused(createItem(simulated.fabric, target, notebook(`nb ${name}`)))
    expect(error.kind).toBe('ambiguous')
    expect(await counted('POST', /\/items$/)).toBe(1)
    expect((await listItems(simulated.fabric, target)).map(item => item.displayName)).toContain(`nb ${name}`)
  })

  test('a refusal is said once, with its code', async () => {
    const error = await refused(setActiveValueSet(simulated.fabric, dev, demo.workspaces.dev, 'Nowhere'))
    expect(error).toMatchObject({ status: 404, kind: 'terminal' })
    expect(await counted('PATCH', /variableLibraries/)).toBe(1)
  })
})

test('fifty calls at once ask for one token', async () => {
  const fabric = openFabric(simulated.settings)
  await Promise.all(Array.from({ length: 50 }, () => getWorkspace(fabric, target)))
  const tokens = (await simulated.calls('POST')).filter(call => call.path.endsWith('/oauth2/v2.0/token'))
  expect(tokens).toHaveLength(1)
})

test('a token that Fabric refuses is asked for anew, and the call sent again', async () => {
  await simulated.fault(
    { method: 'POST', pathPattern: '/items$' },
    { kind: 'status', status: 401, errorCode: 'TokenExpired' },
  )
  await createItem(simulated.fabric, target, notebook('nb expired'))
  const paths = (await simulated.calls('POST')).map(call => call.path)
  expect(paths.filter(path => path.endsWith('/token'))).toHaveLength(1)
  expect(paths.filter(path => path.endsWith('/items'))).toHaveLength(2)
})

test('a list is read to its end, page by page', async () => {
  const whole = await listItems(simulated.fabric, dev)
  await simulated.set({ pageSize: 3 })
  expect(await listItems(simulated.fabric, dev)).toEqual(whole)
  expect(await listWorkspaces(simulated.fabric)).toHaveLength(11)
})

test('a workspace is read with its definitions, a target with capacity and SQL endpoints', async () => {
  const state = await readTarget(simulated.fabric, dev)
  expect(state.capacity).toMatchObject({ displayName: 'Dev Capacity', state: 'Active' })
  const byName = new Map(state.items.map(item => [item.name, item]))
  expect(byName.get('lh_claims_dev')?.sqlEndpoint?.connectionString).toContain('datawarehouse')
  expect(byName.get('wh_claims_dev')?.parts).toBeNull()
  expect(byName.get('Claims')?.parts?.map(part => part.path)).toContain('definition/expressions.tmdl')
  expect(state.items.some(item => item.type === 'SQLEndpoint')).toBe(false)
  expect((await readWorkspace(simulated.fabric, dev)).items).toHaveLength(state.items.length)
})

test('an item that a service identity may not read comes without its definition, and the others with theirs', async () => {
  const item = { type: 'UserDataFunction', displayName: 'udf' }
  await simulated.control('POST', `workspaces/${target}/edit`, {
    act: 'create',
    item,
    path: 'definition.json',
    text: '{}',
  })
  await createItem(simulated.fabric, target, notebook('nb beside'))
  const { items } = await readWorkspace(simulated.fabric, target)
  expect(items.find(one => one.name === 'udf')).toMatchObject({ type: 'UserDataFunction', parts: null })
  expect(items.find(one => one.name === 'nb beside')?.parts).toHaveLength(2)
})

test('a report that cannot be rendered is a known failure, not an unknown end', async () => {
  const parts = [
    { path: 'definition.pbir', bytes: new TextEncoder().encode('{"version":"4.0","datasetReference":{}}') },
  ]
  const unbound = { type: 'Report', displayName: 'Unbound', description: '', folderId: null, parts }
  const { id: reportId } = (await createItem(simulated.fabric, target, unbound)) ?? { id: '' }
  const error = await refused(exportReport(simulated.fabric, { workspaceId: target, reportId }))
  expect(error).toMatchObject({ kind: 'terminal', message: 'Power BI could not render the report' })
})

test('a connection is tried', async () => {
  expect(await testConnection(simulated.fabric, demo.connections.sql.test)).toBe('Online')
})

test('an unreachable Fabric is a refusal in plain words', async () => {
  const { http } = simulated.settings
  const nowhere = {
    ...http,
    bases: { fabric: 'http://127.0.0.1:1/v1', 'power-bi': 'http://127.0.0.1:1' },
    retryForMs: 0,
  }
  const fabric = openFabric({ ...simulated.settings, http: nowhere })
  const { refusal } = asRefusal(await refused(listWorkspaces(fabric)))
  expect(refusal.code).toBe('unavailable')
  expect(refusal.message).toMatch(/^Fabric cannot be reached/)
})

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import {
  createClient,
  errorCode,
  listOf,
  named,
  part,
  startTestSimulator,
  type TestSimulator,
  tokenFor,
} from '../testing/client'
import { ids } from '../testing/tenant'

const { dev, spare } = ids.workspaces
const notebook = part('notebook-content.py', '# Fabric notebook source\n\n# CELL ********************\n\nx = 1\n')
const platform = (displayName: string) =>
  part('.platform', JSON.stringify({ metadata: { type: 'Notebook', displayName }, config: { version: '2.0' } }))

describe('items', () => {
  let simulator: TestSimulator
  const set = (settings: object) => simulator.client.call('POST', '/_sim/settings', settings)
  const create = (displayName: string, parts = [notebook]) =>
    simulator.client.call('POST', `/v1/workspaces/${spare}/items`, {
      displayName,
      type: 'Notebook',
      definition: { parts },
    })

  beforeAll(async () => {
    simulator = await startTestSimulator()
  })
  afterAll(() => simulator.stop())

  it('answers at once, or promises and gives the same result later', async () => {
    const { client } = simulator
    await set({ asyncRate: 0 })
    const atOnce = await create('at once')
    expect(atOnce.status).toBe(201)
    await set({ asyncRate: 1, operationMs: 1500, foreignLocationHost: 'https://elsewhere.example' })
    const promised = await create('later')
    expect([promised.status, promised.body]).toEqual([202, null])
    expect(promised.headers.get('location')).toMatch(/^https:\/\/elsewhere\.example\/v1\/operations\//)
    expect(promised.headers.get('retry-after')).toBe('0')
    const operation = await client.call('GET', `/v1/operations/${promised.headers.get('x-ms-operation-id')}`)
    expect(operation.body).toMatchObject({ status: 'Running', percentComplete: null, error: null })
    expect(operation.body).toHaveProperty('createdTimeUtc', expect.stringMatching(/T[\d:]{8}\.\d{7}$/))
    const twice = await create('LATER')
    expect(errorCode(twice)).toBe('ItemDisplayNameNotAvailableYet')
    await set({ operationMs: 50, foreignLocationHost: null })
    const result = await client.finish('POST', `/v1/workspaces/${spare}/notebooks`, {
      displayName: 'typed',
      definition: { parts: [notebook] },
    })
    expect(Object.keys(named.parse(result.body))).toEqual(Object.keys(named.parse(atOnce.body)))
  })

  it('has no result after an update', async () => {
    const { client } = simulator
    await set({ asyncRate: 1 })
    const id = await client.itemId(spare, 'Notebook', 'at once')
    const body = { definition: { parts: [notebook, platform('renamed')] } }
    const path = `/v1/workspaces/${spare}/items/${id}/updateDefinition`
    const ignored = await client.finish('POST', path, body)
    expect(ignored.headers.has('location')).toBe(false)
    const operationId = ignored.headers.get('x-ms-operation-id')
    expect(errorCode(await client.call('GET', `/v1/operations/${operationId}/result`))).toBe('OperationHasNoResult')
    const item = async () => named.parse((await client.call('GET', `/v1/workspaces/${spare}/items/${id}`)).body)
    expect((await item()).displayName).toBe('at once')
    await client.finish('POST', `${path}?updateMetadata=true`, body)
    expect((await item()).displayName).toBe('renamed')
  })

  it('exports an all-zero logical id, and ipynb when asked', async () => {
    const { client } = simulator
    await set({ asyncRate: 0 })
    const id = await client.itemId(spare, 'Notebook', 'renamed')
    const parts = await client.definition(spare, id)
    expect(parts.get('.platform')?.toString()).toContain('00000000-0000-0000-0000-000000000000')
    const asJson = await client.call('POST', `/v1/workspaces/${spare}/items/${id}/getDefinition?format=ipynb`)
    expect(asJson.body).toMatchObject({
      definition: { format: 'ipynb', parts: [{ path: 'notebook-content.ipynb' }, {}] },
    })
  })

  it('pages with a token and a ready address', async () => {
    const { client } = simulator
    await set({ pageSize: 3 })
    const first = listOf(named).parse((await client.call('GET', `/v1/workspaces/${dev}/items`)).body)
    expect(first.value).toHaveLength(3)
    expect(first.continuationUri).toContain(encodeURIComponent(first.continuationToken ?? 'none'))
    const all = await client.itemsOf(dev)
    expect(new Set(all.map(item => item.id)).size).toBe(all.length)
    expect(all.map(item => item.type).sort()).toEqual(
      [
        'DataPipeline',
        'Environment',
        'Lakehouse',
        'Notebook',
        'Report',
        'SQLEndpoint',
        'SemanticModel',
        'VariableLibrary',
        'Warehouse',
      ].sort(),
    )
    await set({ pageSize: 100 })
  })

  it('reserves the name of a deleted item for a while', async () => {
    const { client } = simulator
    await set({ asyncRate: 0, nameReservationMs: 200 })
    const { id } = named.parse((await create('short-lived')).body)
    expect(errorCode(await create('Short-Lived'))).toBe('ItemDisplayNameAlreadyInUse')
    expect((await client.call('DELETE', `/v1/workspaces/${spare}/items/${id}`)).status).toBe(200)
    const refused = await create('short-lived')
    expect(refused.body).toMatchObject({ errorCode: 'ItemDisplayNameNotAvailableYet', isRetriable: true })
    await new Promise(resolve => setTimeout(resolve, 250))
    expect((await create('short-lived')).status).toBe(201)
  })

  it('brings a SQL endpoint with a lakehouse, late', async () => {
    const { client } = simulator
    await set({ asyncRate: 0, endpointDelayMs: 200 })
    const { body } = await client.call('POST', `/v1/workspaces/${spare}/lakehouses`, { displayName: 'lh_new' })
    const { id } = named.parse(body)
    const status = async () => (await client.call('GET', `/v1/workspaces/${spare}/lakehouses/${id}`)).body
    expect(await status()).toMatchObject({
      properties: { sqlEndpointProperties: { provisioningStatus: 'InProgress', id: null } },
    })
    await new Promise(resolve => setTimeout(resolve, 250))
    const endpoint = await client.itemId(spare, 'SQLEndpoint', 'lh_new')
    expect(await status()).toMatchObject({
      properties: { sqlEndpointProperties: { provisioningStatus: 'Success', id: endpoint } },
    })
  })

  it.each([
    ['no base64', [{ ...notebook, payload: '***' }], 'CorruptedPayload'],
    ['no marker lines', [part('notebook-content.py', 'x = 1\n')], 'PyToIPynbFailure'],
    ['no main part', [part('notes.txt', 'x')], 'CorruptedPayload'],
    ['a path outside', [part('../notebook-content.py', 'x')], 'InvalidFilesPath'],
    ['a part twice', [notebook, notebook], 'CorruptedPayload'],
  ])('refuses a definition with %s', async (_, parts, code) => {
    expect(errorCode(await create('broken', parts))).toBe(code)
  })

  it('refuses a report that is bound by path, and a definition of a warehouse', async () => {
    const { client } = simulator
    const parts = [part('definition.pbir', '{"datasetReference":{"byPath":{"path":"../Claims.SemanticModel"}}}')]
    const report = await client.call('POST', `/v1/workspaces/${spare}/reports`, {
      displayName: 'R',
      definition: { parts },
    })
    expect(errorCode(report)).toBe('CorruptedPayload')
    const warehouse = await client.itemId(dev, 'Warehouse')
    const refused = await client.call('POST', `/v1/workspaces/${dev}/items/${warehouse}/getDefinition`)
    expect(errorCode(refused)).toBe('OperationNotSupportedForItem')
  })

  it('tells identities apart', async () => {
    const { url } = simulator
    const reader = createClient(url, tokenFor(ids.readerClient, ids.reader))
    const id = await reader.itemId(dev, 'Notebook')
    expect(errorCode(await reader.call('POST', `/v1/workspaces/${dev}/items/${id}/getDefinition`))).toBe(
      'InsufficientPrivileges',
    )
    expect((await reader.call('GET', `/v1/workspaces/${spare}`)).status).toBe(403)
    const expired = createClient(url, tokenFor(ids.portalClient, ids.portal, -1))
    const refused = await expired.call('GET', '/v1/workspaces')
    expect([refused.status, errorCode(refused)]).toEqual([401, 'TokenExpired'])
    const stranger = createClient(url, tokenFor(ids.portal, ids.portal))
    expect((await stranger.call('GET', '/v1/workspaces')).status).toBe(401)
  })

  it('behaves as on a paused capacity', async () => {
    const { client } = simulator
    const id = await client.itemId(dev, 'Lakehouse')
    await client.call('POST', `/_sim/capacities/${ids.capacity}`, { state: 'Inactive' })
    const typed = await client.call('GET', `/V1/workspaces/${dev}/LakeHouses/${id}`)
    expect(typed.body).toMatchObject({ errorCode: 'InternalServerError', isRetriable: false })
    expect((await client.call('GET', `/v1/workspaces/${dev}/items/${id}`)).status).toBe(200)
    expect(errorCode(await create('paused'))).toBe('CapacityNotActive')
    await client.call('POST', `/_sim/capacities/${ids.capacity}`, { state: 'Active' })
  })

  it('moves a workspace to another capacity in its own time', async () => {
    const { client } = simulator
    await set({ capacityAssignmentMs: 100 })
    const path = `/v1/workspaces/${spare}`
    const assigned = await client.call('POST', `${path}/assignToCapacity`, { capacityId: ids.capacity })
    expect([assigned.status, assigned.bytes.length, assigned.headers.has('x-ms-operation-id')]).toEqual([202, 0, false])
    const progress = z.looseObject({ capacityAssignmentProgress: z.string() })
    expect(progress.parse((await client.call('GET', path)).body).capacityAssignmentProgress).toBe('InProgress')
    await new Promise(resolve => setTimeout(resolve, 150))
    expect(progress.parse((await client.call('GET', path)).body).capacityAssignmentProgress).toBe('Completed')
  })

  it('keeps the active value set out of the definition', async () => {
    const { client } = simulator
    const id = await client.itemId(dev, 'VariableLibrary')
    const path = `/v1/workspaces/${dev}/variableLibraries/${id}`
    expect((await client.call('GET', path)).body).toMatchObject({
      properties: { activeValueSetName: 'Default value set' },
    })
    const wrong = await client.call('PATCH', path, { properties: { activeValueSetName: 'Prod' } })
    expect(errorCode(wrong)).toBe('ValueSetNotFound')
    const set = await client.call('PATCH', path, { properties: { activeValueSetName: 'Test' } })
    expect(set.body).toMatchObject({ properties: { activeValueSetName: 'Test' } })
  })
})

import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { errorCode, listOf, part, startTestSimulator, type TestSimulator } from '../testing/client'
import { ids } from '../testing/tenant'

const { dev, test } = ids.workspaces
const [devStage, testStage] = ids.stages
const pipeline = `/v1/deploymentPipelines/${ids.pipeline}`
const stageItem = z.looseObject({
  itemId: z.string(),
  itemDisplayName: z.string(),
  itemType: z.string(),
  sourceItemId: z.string().optional(),
  targetItemId: z.string().optional(),
})

describe('deployment pipelines', () => {
  let simulator: TestSimulator
  const call = (method: string, path: string, body?: unknown) => simulator.client.call(method, path, body)
  const deploy = (more: object = {}) =>
    simulator.client.finish('POST', `${pipeline}/deploy`, {
      sourceStageId: devStage,
      targetStageId: testStage,
      ...more,
    })
  const stageItems = async (stage: string) =>
    listOf(stageItem).parse((await call('GET', `${pipeline}/stages/${stage}/items`)).body).value

  beforeEach(async () => {
    await simulator?.stop()
    simulator = await startTestSimulator()
    await call('POST', '/_sim/settings', { operationMs: 60 })
  })
  afterAll(() => simulator.stop())

  it('copies definitions, stores the edges and binds what it binds', async () => {
    const { client } = simulator
    const started = await call('POST', `${pipeline}/deploy`, {
      sourceStageId: devStage,
      targetStageId: testStage,
      note: 'CHG-0001',
    })
    expect([started.status, started.body]).toEqual([202, null])
    const deploymentId = started.headers.get('deployment-id')
    expect(errorCode(await deploy())).toBe('DeploymentPipelineOperationInProgress')
    await expect
      .poll(async () => (await call('GET', `${pipeline}/operations/${deploymentId}`)).body)
      .toMatchObject({
        status: 'Succeeded',
        note: { content: 'CHG-0001' },
        preDeploymentDiffInformation: { newItemsCount: 8, differentItemsCount: 0, noDifferenceItemsCount: 0 },
      })
    const items = await stageItems(testStage)
    expect(items).toHaveLength(8)
    expect(items.every(item => item.sourceItemId !== undefined)).toBe(true)

    const text = async (type: string, file: string) =>
      (await client.definition(test, await client.itemId(test, type))).get(file)?.toString()
    const daily = await text('DataPipeline', 'pipeline-content.json')
    expect(daily).toContain(await client.itemId(test, 'Notebook'))
    expect(daily).toContain(`"workspaceId":${daily?.includes('": "') ? ' ' : ''}"${test}"`)
    const source = await text('Notebook', 'notebook-content.py')
    expect(source).toContain(await client.itemId(dev, 'Lakehouse'))
    expect(source).toContain(dev)
  })

  it('keeps an edge over a rename and counts what differs', async () => {
    await deploy()
    const { client } = simulator
    const id = await client.itemId(test, 'Notebook')
    await call('PATCH', `/v1/workspaces/${test}/items/${id}`, { displayName: 'Renamed' })
    await call('POST', `/_sim/workspaces/${dev}/edit`, {
      item: { type: 'Notebook', displayName: 'Load' },
      path: 'notebook-content.py',
      find: 'rows = 1',
      replace: 'rows = 2',
    })
    const again = await deploy()
    expect(again.body).toMatchObject({
      preDeploymentDiffInformation: { newItemsCount: 0, differentItemsCount: 1, noDifferenceItemsCount: 7 },
    })
    expect((await client.definition(test, id)).get('notebook-content.py')?.toString()).toContain('rows = 2')
    const history = listOf(z.looseObject({ id: z.string(), lastUpdatedTime: z.string() }))
    const listed = history.parse((await call('GET', `${pipeline}/operations`)).body).value
    expect(listed).toHaveLength(2)
    expect((listed[0]?.lastUpdatedTime ?? '') > (listed[1]?.lastUpdatedTime ?? '')).toBe(true)
  })

  it('makes a second item beside an unpaired one, or fails where names are unique', async () => {
    const { client } = simulator
    await client.finish('POST', `/v1/workspaces/${test}/semanticModels`, {
      displayName: 'Claims',
      definition: { parts: [part('definition.pbism', '{}')] },
    })
    const model = await client.itemId(dev, 'SemanticModel')
    await deploy({ items: [{ sourceItemId: model, itemType: 'SemanticModel' }] })
    const models = (await client.itemsOf(test)).filter(item => item.type === 'SemanticModel')
    expect(models.map(item => item.displayName)).toEqual(['Claims', 'Claims'])
    await client.finish('POST', `/v1/workspaces/${test}/lakehouses`, { displayName: 'lh_claims' })
    const lakehouse = await client.itemId(dev, 'Lakehouse')
    const failed = await deploy({ items: [{ sourceItemId: lakehouse, itemType: 'Lakehouse' }] })
    expect(failed.body).toMatchObject({ status: 'Failed', error: { errorCode: 'ItemDisplayNameAlreadyInUse' } })
  })

  it('never deletes, and leaves half of a failed deployment', async () => {
    const { client } = simulator
    await client.finish('POST', `/v1/workspaces/${test}/dataPipelines`, { displayName: 'Only here' })
    const effect = { kind: 'deploy-stops', afterItems: 3, errorCode: 'Broken' }
    await call('POST', '/_sim/faults', { match: { pathPattern: '/deploy$' }, effect })
    expect((await deploy()).body).toMatchObject({ status: 'Failed', error: { errorCode: 'Broken' } })
    const items = (await client.itemsOf(test)).filter(item => item.type !== 'SQLEndpoint')
    expect(items).toHaveLength(4)
    expect((await deploy()).body).toMatchObject({ status: 'Succeeded' })
    expect((await client.itemsOf(test)).map(item => item.displayName)).toContain('Only here')
  })

  it('refuses what the rules refuse', async () => {
    const { client } = simulator
    expect(errorCode(await deploy({ note: 'x'.repeat(1025) }))).toBe('InvalidInput')
    const item = { sourceItemId: await client.itemId(dev, 'Report'), itemType: 'Report' }
    expect(errorCode(await deploy({ items: Array.from({ length: 301 }, () => item) }))).toBe('InvalidInput')
    expect((await deploy({ items: [item] })).body).toMatchObject({ error: { errorCode: 'MissingDependency' } })
    await deploy()
    const backward = { sourceStageId: testStage, targetStageId: devStage }
    expect(errorCode(await deploy(backward))).toBe('InvalidTargetStage')
  })

  it('loses edges and history when a stage is unassigned', async () => {
    await deploy()
    expect((await call('POST', `${pipeline}/stages/${testStage}/unassignWorkspace`)).status).toBe(200)
    expect((await stageItems(devStage)).every(item => item.targetItemId === undefined)).toBe(true)
    expect(listOf(z.unknown()).parse((await call('GET', `${pipeline}/operations`)).body).value).toEqual([])
    await call('POST', `${pipeline}/stages/${testStage}/assignWorkspace`, { workspaceId: test })
    expect((await stageItems(devStage)).filter(item => item.targetItemId !== undefined)).toHaveLength(8)
  })
})

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { errorCode, listOf, part, startTestSimulator, type TestSimulator } from '../testing/client'
import { ids } from '../testing/tenant'

const { dev } = ids.workspaces
const group = `/v1.0/myorg/groups/${dev}`
const powerBiCode = (body: unknown): string =>
  z.looseObject({ error: z.looseObject({ code: z.string() }) }).parse(body).error.code

describe('jobs and Power BI', () => {
  let simulator: TestSimulator
  let model: string
  let report: string
  const call = (method: string, path: string, body?: unknown) => simulator.client.call(method, path, body)

  beforeAll(async () => {
    simulator = await startTestSimulator()
    await call('POST', '/_sim/settings', { jobMs: 600, refreshMs: 600, exportMs: 600, operationMs: 30 })
    model = await simulator.client.itemId(dev, 'SemanticModel')
    report = await simulator.client.itemId(dev, 'Report')
  })
  afterAll(() => simulator.stop())

  it('runs a job to the outcome that was laid ready', async () => {
    const id = await simulator.client.itemId(dev, 'Notebook')
    await call('POST', `/_sim/items/${id}`, { nextJobOutcomes: ['Failed', 'Deduped'] })
    const jobs = `/v1/workspaces/${dev}/items/${id}/jobs`
    const outcomes: unknown[] = []
    for (const path of [
      `${jobs}/RunNotebook/instances`,
      `${jobs}/instances?jobType=RunNotebook`,
      `${jobs}/execute/instances`,
    ]) {
      const started = await call('POST', path)
      expect([started.status, started.bytes.length, started.headers.has('x-ms-operation-id')]).toEqual([202, 0, false])
      const address = new URL(started.headers.get('location') ?? '').pathname
      const poll = async () => (await call('GET', address)).body
      expect(await poll()).toMatchObject({ status: expect.stringMatching(/NotStarted|InProgress/), endTimeUtc: null })
      await expect.poll(poll, { timeout: 5000 }).toMatchObject({ endTimeUtc: expect.any(String) })
      outcomes.push(await poll())
    }
    expect(outcomes).toMatchObject([
      { status: 'Failed', failureReason: { errorCode: 'JobInstanceStatusFailed' } },
      { status: 'Deduped', failureReason: null },
      { status: 'Completed' },
    ])
    const started = await call('POST', `${jobs}/RunNotebook/instances`)
    const address = new URL(started.headers.get('location') ?? '').pathname
    expect((await call('POST', `${address}/cancel`)).status).toBe(202)
    expect((await call('GET', address)).body).toMatchObject({ status: 'Cancelled' })
    expect(errorCode(await call('POST', `${jobs}/Pipeline/instances`))).toBe('InvalidJobType')
  })

  it('refreshes a model', async () => {
    const refreshes = `${group}/datasets/${model}/refreshes`
    const started = await call('POST', refreshes, { type: 'Full' })
    expect([started.status, started.bytes.length]).toEqual([202, 0])
    const own = `${refreshes}/${started.headers.get('x-ms-request-id')}`
    expect((await call('GET', own)).status).toBe(202)
    expect((await call('GET', refreshes)).body).toMatchObject({ value: [{ status: 'Unknown' }] })
    expect(powerBiCode((await call('POST', refreshes, {})).body)).toBe('RefreshInProgressException')
    await expect.poll(async () => (await call('GET', own)).status, { timeout: 5000 }).toBe(200)
    expect((await call('GET', own)).body).toMatchObject({ extendedStatus: 'Completed' })
  })

  it('answers a query, unless its source is broken or a table unknown', async () => {
    const path = `${group}/datasets/${model}/executeQueries`
    const ask = (query: string) => call('POST', path, { queries: [{ query }] })
    expect((await ask(`EVALUATE TOPN(1, 'Claims')`)).body).toMatchObject({
      results: [{ tables: [{ rows: [{ 'Claims[Loss ratio]': 10, 'Claims[Amount]': 11 }, {}, {}] }] }],
    })
    expect((await ask('EVALUATE ROW("Rows", COUNTROWS(Claims))')).body).toMatchObject({
      results: [{ tables: [{ rows: [{ '[Rows]': 1200 }] }] }],
    })
    expect((await ask(`EVALUATE 'Nothing'`)).status).toBe(400)
    await call('POST', `/_sim/items/${model}`, { sourceBroken: true })
    expect(powerBiCode((await ask('EVALUATE Claims')).body)).toBe('DatasetExecuteQueriesError')
    await call('POST', `/_sim/items/${model}`, { sourceBroken: false })
  })

  it('exports a report as a PDF that names it', async () => {
    const started = await call('POST', `${group}/reports/${report}/ExportTo`, { format: 'PDF' })
    expect(started.status).toBe(202)
    const { id } = z.looseObject({ id: z.string() }).parse(started.body)
    const own = `${group}/reports/${report}/exports/${id}`
    expect((await call('GET', own)).body).toMatchObject({ status: 'Running', reportName: 'Übersicht 概要' })
    expect(powerBiCode((await call('GET', `${own}/file`)).body)).toBe('ExportNotReady')
    await expect
      .poll(async () => (await call('GET', own)).body, { timeout: 5000 })
      .toMatchObject({ status: 'Succeeded' })
    const file = await call('GET', `${own}/file`)
    const text = file.bytes.toString('latin1')
    expect(file.headers.get('content-type')).toBe('application/pdf')
    expect(text.startsWith('%PDF-1.7') && text.endsWith('%%EOF\n')).toBe(true)
    const title = Buffer.from('Übersicht 概要', 'utf16le').swap16().toString('hex').toUpperCase()
    expect(text).toContain(`<FEFF${title}>`)
    const start = Number(/startxref\n(\d+)/.exec(text)?.[1])
    expect(text.slice(start, start + 4)).toBe('xref')
    const offsets = [...text.matchAll(/^(\d{10}) 00000 n $/gm)].map(([, offset]) => Number(offset))
    for (const [index, offset] of offsets.entries())
      expect(text.slice(offset)).toMatch(new RegExp(`^${index + 1} 0 obj`))
  })

  it('binds a report anew, and an export without a readable model fails', async () => {
    expect((await call('GET', `${group}/reports/${report}`)).body).toMatchObject({ datasetId: model })
    const { client } = simulator
    const created = await client.finish('POST', `/v1/workspaces/${dev}/semanticModels`, {
      displayName: 'Other',
      definition: { parts: [part('definition.pbism', '{}')] },
    })
    const other = z.looseObject({ id: z.string() }).parse(created.body).id
    expect((await call('POST', `${group}/reports/${report}/Rebind`, { datasetId: other })).status).toBe(200)
    expect((await call('GET', `${group}/reports/${report}`)).body).toMatchObject({ datasetId: other })
    await call('POST', `/_sim/items/${other}`, { sourceBroken: true })
    const started = await call('POST', `${group}/reports/${report}/ExportTo`, { format: 'PDF' })
    const { id } = z.looseObject({ id: z.string() }).parse(started.body)
    const poll = async () => (await call('GET', `${group}/reports/${report}/exports/${id}`)).body
    await expect.poll(poll, { timeout: 5000 }).toMatchObject({ status: 'Failed' })
  })

  it('sets a parameter once the model is its own', async () => {
    const own = `${group}/datasets/${model}`
    await call('POST', `/_sim/items/${model}`, { ownerId: ids.reader })
    const change = { updateDetails: [{ name: 'Server', newValue: 'test.example' }] }
    expect((await call('POST', `${own}/Default.UpdateParameters`, change)).status).toBe(403)
    expect((await call('POST', `${own}/Default.TakeOver`)).status).toBe(200)
    expect((await call('POST', `${own}/Default.UpdateParameters`, change)).status).toBe(200)
    const wrong = { updateDetails: [{ name: 'server', newValue: 'x' }] }
    expect(powerBiCode((await call('POST', `${own}/Default.UpdateParameters`, wrong)).body)).toBe('ParameterNotFound')
    expect((await call('GET', `${own}/parameters`)).body).toMatchObject({ value: [{ currentValue: 'test.example' }] })
    const parts = await simulator.client.definition(dev, model)
    expect(parts.get('definition/expressions.tmdl')?.toString()).toContain('"test.example"')
  })

  it('tests a connection, refreshes an endpoint and publishes an environment', async () => {
    const { client } = simulator
    const test = () => client.finish('POST', `/v1/connections/${ids.connection}/testConnection`)
    expect((await test()).body).toMatchObject({ status: 'Online' })
    await call('POST', `/_sim/connections/${ids.connection}`, { offline: true })
    expect((await test()).body).toMatchObject({ status: 'Offline', errors: [{}] })
    const endpoint = await client.itemId(dev, 'SQLEndpoint')
    const path = `/v1/workspaces/${dev}/sqlEndpoints/${endpoint}/refreshMetadata`
    expect(
      listOf(z.looseObject({ status: z.string() })).parse((await client.finish('POST', path, {})).body).value,
    ).toHaveLength(1)
    const environment = `/v1/workspaces/${dev}/environments/${await client.itemId(dev, 'Environment')}`
    const published = await client.finish('POST', `${environment}/staging/publish?beta=false`)
    expect(published.body).toMatchObject({ publishDetails: { state: 'Success' } })
  })
})

import { z } from 'zod'
import { type Client, named, part } from '../testing/client'
import { ids, repository } from '../testing/tenant'

const { dev, test, spare } = ids.workspaces
const own = `/v1/workspaces/${spare}`
const notebook = { parts: [part('notebook-content.py', '# Fabric notebook source\n')] }

/** Calls every operation that the simulator serves, each with a good request. */
export async function walk(client: Client): Promise<void> {
  await workspaces(client)
  await folders(client)
  await items(client)
  await typedItems(client)
  await pipelines(client)
  await git(client)
  await powerBi(client, '/v1.0/myorg')
  await powerBi(client, `/v1.0/myorg/groups/${dev}`)
}

async function created(client: Client, path: string, body: object): Promise<string> {
  return named.parse((await client.finish('POST', path, body)).body).id
}

async function workspaces(client: Client): Promise<void> {
  await client.call('GET', '/v1/workspaces')
  const path = `/v1/workspaces/${await created(client, '/v1/workspaces', { displayName: 'New', description: 'One' })}`
  await client.call('GET', path)
  await client.call('PATCH', path, { displayName: 'Newer' })
  await client.call('POST', `${path}/assignToCapacity`, { capacityId: ids.capacity })
  await client.call('POST', `${path}/unassignFromCapacity`)
  const principal = { id: ids.reader, type: 'ServicePrincipal' }
  await client.call('POST', `${path}/roleAssignments`, { principal, role: 'Viewer' })
  await client.call('GET', `${path}/roleAssignments`)
  await client.call('GET', `${path}/roleAssignments/${ids.reader}`)
  await client.call('PATCH', `${path}/roleAssignments/${ids.reader}`, { role: 'Member' })
  await client.call('DELETE', `${path}/roleAssignments/${ids.reader}`)
  await client.call('DELETE', path)
  await client.call('GET', '/v1/capacities')
  await client.call('GET', `/v1/capacities/${ids.capacity}`)
  await client.call('GET', '/v1/connections')
  await client.call('GET', `/v1/connections/${ids.connection}`)
  await client.finish('POST', `/v1/connections/${ids.connection}/testConnection`)
}

async function folders(client: Client): Promise<void> {
  const outer = await created(client, `${own}/folders`, { displayName: 'Outer' })
  const inner = await created(client, `${own}/folders`, { displayName: 'Inner', parentFolderId: outer })
  await client.call('GET', `${own}/folders?recursive=true`)
  await client.call('GET', `${own}/folders/${inner}`)
  await client.call('PATCH', `${own}/folders/${inner}`, { displayName: 'Core' })
  await client.call('POST', `${own}/folders/${inner}/move`, {})
  const item = await created(client, `${own}/items`, { displayName: 'Moving', type: 'Notebook' })
  await client.call('POST', `${own}/items/${item}/move`, { targetFolderId: outer })
  await client.call('POST', `${own}/items/bulkMove`, { items: [item] })
  await client.call('DELETE', `${own}/folders/${inner}`)
}

async function items(client: Client): Promise<void> {
  const item = await created(client, `${own}/items`, { displayName: 'Whole', type: 'Notebook', definition: notebook })
  const path = `${own}/items/${item}`
  await client.call('GET', `${own}/items?type=Notebook&recursive=true`)
  await client.call('GET', path)
  await client.call('PATCH', path, { displayName: 'Renamed', description: 'Two' })
  await client.finish('POST', `${path}/getDefinition`)
  await client.finish('POST', `${path}/updateDefinition?updateMetadata=false`, { definition: notebook })
  await client.finish('POST', `${own}/items/bulkExportDefinitions?beta=true`, { mode: 'All' })
  const platform = { metadata: { type: 'Notebook', displayName: 'Imported' }, config: { version: '2.0' } }
  const imported = part('/Imported.Notebook/.platform', JSON.stringify(platform))
  await client.finish('POST', `${own}/items/bulkImportDefinitions?beta=true`, { definitionParts: [imported] })
  await client.call('GET', `${path}/connections`)
  await client.call('GET', `${path}/relations/upstream?beta=true`)
  await client.call('GET', `${path}/relations/downstream?beta=true`)
  await jobs(client, path)
  await client.call('DELETE', path)
}

async function jobs(client: Client, path: string): Promise<void> {
  await client.call('POST', `${path}/jobs/instances?jobType=RunNotebook`)
  const started = await client.call('POST', `${path}/jobs/RunNotebook/instances`, {})
  const job = new URL(started.headers.get('location') ?? '').pathname.split('/').at(-1)
  await client.call('GET', `${path}/jobs/instances`)
  await client.call('GET', `${path}/jobs/instances/${job}`)
  await client.call('GET', `${path}/jobs/RunNotebook/instances`)
  await client.call('GET', `${path}/jobs/RunNotebook/instances/${job}`)
  await client.call('POST', `${path}/jobs/instances/${job}/cancel`)
  await client.call('GET', `${path}/jobs/RunNotebook/schedules`)
}

async function typedItems(client: Client): Promise<void> {
  const collections = [
    'lakehouses',
    'warehouses',
    'environments',
    'dataPipelines',
    'semanticModels',
    'variableLibraries',
  ]
  for (const collection of collections) {
    const id = await created(client, `${own}/${collection}`, {
      displayName: `${collection}_1`,
      description: 'Typed',
      ...(collection === 'semanticModels' && { definition: { parts: [part('definition.pbism', '{}')] } }),
    })
    await client.call('GET', `${own}/${collection}`)
    await client.call('GET', `${own}/${collection}/${id}`)
    await client.call('PATCH', `${own}/${collection}/${id}`, { description: 'Changed' })
    await client.call('DELETE', `${own}/${collection}/${id}`)
  }
  const path = `/v1/workspaces/${dev}`
  const idOf = (type: string) => client.itemId(dev, type)
  await client.finish('POST', `${path}/notebooks/${await idOf('Notebook')}/getDefinition?format=ipynb`)
  await client.finish('POST', `${path}/notebooks/${await idOf('Notebook')}/updateDefinition`, { definition: notebook })
  await client.call('POST', `${path}/dataPipelines/${await idOf('DataPipeline')}/jobs/execute/instances`, {})
  await client.finish('POST', `${path}/environments/${await idOf('Environment')}/staging/publish?beta=false`)
  const endpoint = `${path}/sqlEndpoints/${await idOf('SQLEndpoint')}`
  await client.finish('POST', `${endpoint}/refreshMetadata`, { recreateTables: false })
  await client.call('GET', `${endpoint}/connectionString`)
  await client.call('GET', `${path}/warehouses/${await idOf('Warehouse')}/connectionString`)
  const model = `/v1/workspaces/${dev}/semanticModels/${await idOf('SemanticModel')}`
  await client.call('POST', `/_sim/items/${await idOf('SemanticModel')}`, { ownerId: ids.portal })
  const connectionDetails = { type: 'SQL', path: 'sql.example;claims' }
  const connectionBinding = { id: ids.connection, connectivityType: 'ShareableCloud', connectionDetails }
  await client.call('POST', `${model}/bindConnection`, { connectionBinding })
}

async function pipelines(client: Client): Promise<void> {
  const body = {
    displayName: 'Second',
    stages: [
      { displayName: 'A', isPublic: false },
      { displayName: 'B', isPublic: true },
    ],
  }
  const path = `/v1/deploymentPipelines/${await created(client, '/v1/deploymentPipelines', body)}`
  await client.call('GET', '/v1/deploymentPipelines')
  const detail = z.looseObject({ stages: z.array(z.looseObject({ id: z.string() })) })
  const stage = detail.parse((await client.call('GET', path)).body).stages[0]?.id
  await client.call('PATCH', path, { displayName: 'Third' })
  await client.call('GET', `${path}/stages`)
  await client.call('GET', `${path}/stages/${stage}`)
  await client.call('PATCH', `${path}/stages/${stage}`, { displayName: 'Start' })
  await client.call('POST', `${path}/stages/${stage}/assignWorkspace`, { workspaceId: spare })
  await client.call('GET', `${path}/stages/${stage}/items`)
  await client.call('POST', `${path}/stages/${stage}/unassignWorkspace`)
  const principal = { id: ids.reader, type: 'ServicePrincipal' }
  await client.call('POST', `${path}/roleAssignments`, { principal, role: 'Admin' })
  await client.call('GET', `${path}/roleAssignments`)
  await client.call('DELETE', `${path}/roleAssignments/${ids.reader}`)
  await client.call('DELETE', path)
  const first = `/v1/deploymentPipelines/${ids.pipeline}`
  const stages = { sourceStageId: ids.stages[0], targetStageId: ids.stages[1] }
  const model = { sourceItemId: await client.itemId(dev, 'SemanticModel'), itemType: 'SemanticModel' }
  const deployed = await client.finish('POST', `${first}/deploy`, { ...stages, items: [model], note: 'CHG-0001' })
  const { id } = z.looseObject({ id: z.string() }).parse(deployed.body)
  await client.call('GET', `${first}/operations`)
  await client.call('GET', `${first}/operations/${id}`)
}

async function git(client: Client): Promise<void> {
  const path = `/v1/workspaces/${test}/git`
  const gitProviderDetails = {
    gitProviderType: 'GitHub',
    ownerName: repository.owner,
    repositoryName: repository.repository,
    branchName: repository.branch,
    directoryName: repository.directory,
  }
  const myGitCredentials = { source: 'ConfiguredConnection', connectionId: ids.connection }
  await client.call('GET', `${path}/connection`)
  await client.call('POST', `${path}/connect`, { gitProviderDetails, myGitCredentials })
  await client.call('GET', `${path}/myGitCredentials`)
  await client.call('PATCH', `${path}/myGitCredentials`, myGitCredentials)
  const head = z.looseObject({ remoteCommitHash: z.string() })
  const strategy = { initializationStrategy: 'PreferRemote' }
  const { remoteCommitHash } = head.parse((await client.finish('POST', `${path}/initializeConnection`, strategy)).body)
  const update = { remoteCommitHash, options: { allowOverrideItems: true } }
  const conflictResolution = { conflictResolutionType: 'Workspace', conflictResolutionPolicy: 'PreferRemote' }
  await client.finish('POST', `${path}/updateFromGit`, { ...update, conflictResolution })
  await client.finish('GET', `${path}/status`)
  const edit = {
    item: { type: 'Notebook', displayName: 'Load' },
    path: 'notebook-content.py',
    find: 'rows',
    replace: 'all',
  }
  await client.call('POST', `/_sim/workspaces/${test}/edit`, edit)
  await client.finish('GET', `${path}/status`)
  await client.finish('POST', `${path}/commitToGit`, {
    mode: 'All',
    workspaceHead: remoteCommitHash,
    comment: 'by hand',
  })
  await client.call('GET', `${path}/connection`)
  await client.call('POST', `${path}/disconnect`)
}

async function powerBi(client: Client, root: string): Promise<void> {
  const model = await client.itemId(dev, 'SemanticModel')
  const dataset = `${root}/datasets/${model}`
  const report = `${root}/reports/${await client.itemId(dev, 'Report')}`
  await client.call('GET', `/v1.0/myorg/groups/${dev}/datasets`)
  await client.call('GET', `/v1.0/myorg/groups/${dev}/reports`)
  await client.call('GET', dataset)
  await client.call('GET', `${dataset}/parameters`)
  await client.call('POST', `${dataset}/Default.TakeOver`)
  await client.call('POST', `${dataset}/Default.UpdateParameters`, {
    updateDetails: [{ name: 'Server', newValue: 'x' }],
  })
  await client.call('POST', `${dataset}/executeQueries`, { queries: [{ query: 'EVALUATE Claims' }] })
  const refresh = await client.call('POST', `${dataset}/refreshes`, { notifyOption: 'NoNotification', type: 'Full' })
  await client.call('GET', `${dataset}/refreshes`)
  const one = `${dataset}/refreshes/${refresh.headers.get('x-ms-request-id')}`
  await client.call('GET', one)
  await client.call('DELETE', one)
  await client.call('GET', report)
  await client.call('GET', `${report}/pages`)
  await client.call('POST', `${report}/Rebind`, { datasetId: model })
  const exported = await client.call('POST', `${report}/ExportTo`, { format: 'PDF' })
  const { id } = z.looseObject({ id: z.string() }).parse(exported.body)
  for (;;) {
    if ((await client.call('GET', `${report}/exports/${id}`)).status === 200) break
  }
  await client.call('GET', `${report}/exports/${id}/file`)
}

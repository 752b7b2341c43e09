import { sqlHost, zeroId } from '../store/ids'
import type { ItemRecord } from '../store/records'
import { childrenOf } from './item-store'
import type { Simulation } from './simulation'
import { zonedTime, zonelessTime } from './time'

/** An item as lists and creations show it. */
export const itemView = (item: ItemRecord) => ({
  id: item.id,
  type: item.type,
  displayName: item.displayName,
  description: item.description,
  workspaceId: item.workspaceId,
  ...(item.folderId !== null && { folderId: item.folderId }),
})

/** An item as its typed GET shows it. */
export function typedView(sim: Simulation, item: ItemRecord) {
  const properties = propertiesOf(sim, item)
  return properties === null ? itemView(item) : { ...itemView(item), properties }
}

const oneLake = (item: ItemRecord): string => `https://onelake.dfs.fabric.microsoft.com/${item.workspaceId}/${item.id}`

function propertiesOf(sim: Simulation, item: ItemRecord): object | null {
  switch (item.type) {
    case 'Lakehouse':
      return {
        oneLakeTablesPath: `${oneLake(item)}/Tables`,
        oneLakeFilesPath: `${oneLake(item)}/Files`,
        sqlEndpointProperties: endpointProperties(sim, item),
        ...(hasSchemas(sim, item) && { defaultSchema: 'dbo' }),
      }
    case 'MirroredDatabase':
      return { oneLakeTablesPath: `${oneLake(item)}/Tables`, sqlEndpointProperties: endpointProperties(sim, item) }
    case 'Warehouse':
      return {
        connectionInfo: sqlHost(item.workspaceId),
        connectionString: sqlHost(item.workspaceId),
        createdDate: zonelessTime(item.createdAt),
        lastUpdatedTime: zonelessTime(item.changedAt),
        collationType: 'Latin1_General_100_BIN2_UTF8',
      }
    case 'SQLDatabase':
      return {
        connectionInfo: `Data Source=${sqlHost(item.workspaceId)},1433;Initial Catalog=${item.displayName}-${item.id}`,
        connectionString: `Data Source=${sqlHost(item.workspaceId)},1433;Initial Catalog=${item.displayName}-${item.id}`,
        databaseName: `${item.displayName}-${item.id}`,
        serverFqdn: sqlHost(item.workspaceId),
      }
    case 'Eventhouse':
      return {
        ...kustoAddresses(item.id),
        databasesItemIds: childrenOf(sim, item.id)
          .filter(child => child.type === 'KQLDatabase')
          .map(child => child.id),
      }
    case 'KQLDatabase':
      return {
        parentEventhouseItemId: item.parentItemId ?? zeroId,
        ...kustoAddresses(item.parentItemId ?? item.id),
        databaseType: 'ReadWrite',
      }
    case 'VariableLibrary':
      return { activeValueSetName: item.activeValueSetName }
    case 'Environment':
      return { publishDetails: publishDetails(item) }
    case 'SparkJobDefinition':
      return { oneLakeRootPath: oneLake(item) }
    case 'MLExperiment':
      return { mlFlowExperimentId: item.id }
    default:
      return null
  }
}

function endpointProperties(sim: Simulation, owner: ItemRecord): object {
  const endpoint = childrenOf(sim, owner.id).find(child => child.type === 'SQLEndpoint')
  if (endpoint === undefined || endpoint.readyAt > Date.now()) {
    return { connectionString: null, id: null, provisioningStatus: 'InProgress' }
  }
  return { connectionString: sqlHost(owner.workspaceId), id: endpoint.id, provisioningStatus: 'Success' }
}

function hasSchemas(sim: Simulation, item: ItemRecord): boolean {
  const metadata = item.parts.find(part => part.path === 'lakehouse.metadata.json')
  return metadata !== undefined && sim.store.blobs.get(metadata.hash).includes('defaultSchema')
}

function kustoAddresses(id: string): { queryServiceUri: string; ingestionServiceUri: string } {
  const host = `trd-${id.replaceAll('-', '').slice(0, 16)}.z1.kusto.fabric.microsoft.com`
  return { queryServiceUri: `https://${host}`, ingestionServiceUri: `https://ingest-${host}` }
}

export function publishDetails({ published, id, createdAt }: ItemRecord) {
  const component = { state: published?.state ?? 'Success' }
  return {
    state: published?.state ?? 'Success',
    targetVersion: published?.targetVersion ?? id,
    startTime: zonedTime(published?.startedAt ?? createdAt),
    ...(published?.endedAt !== null && { endTime: zonedTime(published?.endedAt ?? createdAt) }),
    componentPublishInfo: { sparkLibraries: component, sparkSettings: component },
  }
}

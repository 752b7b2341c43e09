import type { Fabric } from './fabric'
import { at } from './http'
import { runOperation, unknownEnd } from './operations'
import { listAll } from './paging'
import { parseBody } from './parse'
import { lakehouseSchema, tableSyncStatusesSchema, warehouseSchema } from './schemas'
import { pause } from './time'

export type SqlEndpoint = { readonly id: string; readonly connectionString: string }

/** SQL endpoints of a workspace's lakehouses and warehouses, by the id of their item. Those still being made are missing. */
export async function listSqlEndpoints(fabric: Fabric, workspaceId: string): Promise<Map<string, SqlEndpoint>> {
  const [lakehouses, warehouses] = await Promise.all([
    listAll(fabric, lakehouseSchema, { path: at`/workspaces/${workspaceId}/lakehouses` }),
    listAll(fabric, warehouseSchema, { path: at`/workspaces/${workspaceId}/warehouses` }),
  ])
  const found = new Map<string, SqlEndpoint>()
  for (const { id, properties } of lakehouses) {
    const endpoint = properties?.sqlEndpointProperties
    if (endpoint?.id && endpoint.connectionString)
      found.set(id, { id: endpoint.id, connectionString: endpoint.connectionString })
  }
  for (const { id, properties } of warehouses)
    if (properties?.connectionString) found.set(id, { id, connectionString: properties.connectionString })
  return found
}

/** Waits until a new lakehouse has its SQL endpoint. Null when Fabric failed to make it. */
export async function waitForSqlEndpoint(
  fabric: Fabric,
  workspaceId: string,
  lakehouseId: string,
): Promise<SqlEndpoint | null> {
  const request = { method: 'GET', path: at`/workspaces/${workspaceId}/lakehouses/${lakehouseId}` } as const
  const until = Date.now() + fabric.patience.operationMs
  for (;;) {
    const lakehouse = parseBody(lakehouseSchema, (await fabric.send(request)).body, request)
    const endpoint = lakehouse.properties?.sqlEndpointProperties
    if (endpoint?.provisioningStatus === 'Failed') return null
    if (endpoint?.id && endpoint.connectionString)
      return { id: endpoint.id, connectionString: endpoint.connectionString }
    if (Date.now() > until) throw unknownEnd(`GET ${request.path}`, 'the SQL endpoint was not made in time')
    await pause(Math.min(fabric.patience.usualPollMs, 1_000))
  }
}

export async function getWarehouseConnectionString(fabric: Fabric, workspaceId: string, warehouseId: string) {
  const request = { method: 'GET', path: at`/workspaces/${workspaceId}/warehouses/${warehouseId}` } as const
  return parseBody(warehouseSchema, (await fabric.send(request)).body, request).properties?.connectionString ?? null
}

/** Brings a SQL endpoint up to its lakehouse. Gives the tables that could not be brought. */
export async function refreshSqlEndpoint(
  fabric: Fabric,
  workspaceId: string,
  endpointId: string,
): Promise<{ tableName: string; message: string }[]> {
  const request = {
    method: 'POST',
    path: at`/workspaces/${workspaceId}/sqlEndpoints/${endpointId}/refreshMetadata`,
    body: {},
  } as const
  const result = await runOperation(fabric, request, tableSyncStatusesSchema)
  const failed = (result?.value ?? []).filter(table => table.status === 'Failure')
  return failed.map(table => ({ tableName: table.tableName, message: table.error?.message ?? 'no reason given' }))
}

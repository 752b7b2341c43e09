import { z } from 'zod'
import { badRequest, notFound } from '../http/api-error'
import { type Call, ok, parameter, type Reply, readJson } from '../http/call'
import { type Route, route } from '../http/router'
import { newId, sqlHost } from '../store/ids'
import type { ItemRecord, Role } from '../store/records'
import { boundConnections } from './connections'
import { liveItems, partsOf } from './item-store'
import { publishDetails } from './item-view'
import { start } from './operations'
import { page } from './paging'
import { findItem, requireCapacity, requireRole } from './permission'
import type { Context } from './simulation'
import { defineTask } from './tasks'

function locate(context: Context, call: Call, type: string | null, minimum: Role): ItemRecord {
  const workspace = requireRole(context, parameter(call, 'workspaceId'), minimum)
  const item = findItem(context.sim, workspace.id, parameter(call, 'itemId'))
  if (type !== null && item.type !== type) throw notFound('ItemNotFound', 'The requested item was not found')
  if (minimum === 'Contributor') requireCapacity(context.sim, workspace, item.type)
  return item
}

const bindable = ['SemanticModel', 'Report', 'DataPipeline', 'CopyJob', 'Dataflow', 'PaginatedReport', 'Notebook']

function connections(context: Context, call: Call): Reply {
  const { sim } = context
  const item = locate(context, call, null, 'Viewer')
  if (!bindable.includes(item.type)) {
    throw badRequest('OperationNotSupportedForItem', 'Operation not supported for requested item')
  }
  const bound = boundConnections(sim, item.connectionIds, partsOf(sim, item).values())
  return page(
    context,
    call,
    bound.map(({ id, displayName, connectivityType, connectionDetails }) => ({
      id,
      displayName,
      connectivityType,
      connectionDetails,
    })),
  )
}

const bindingSchema = z.object({
  connectionBinding: z.object({
    id: z.string().optional(),
    connectivityType: z.string(),
    connectionDetails: z.object({ type: z.string(), path: z.string() }),
  }),
})

function bindConnection(context: Context, call: Call): Reply {
  const { sim, caller } = context
  const model = locate(context, call, 'SemanticModel', 'Contributor')
  if (model.ownerId !== caller.id && !caller.isTenantAdmin) {
    throw badRequest('OwnerRequired', 'Only the owner of the semantic model binds its connections')
  }
  const { id, connectivityType } = readJson(call, bindingSchema).connectionBinding
  if (connectivityType === 'None') {
    sim.store.items.put({ ...model, connectionIds: [] })
    return ok()
  }
  if (id === undefined || sim.store.connections.get(id) === undefined) {
    throw notFound('ConnectionNotFound', 'The connection was not found')
  }
  sim.store.items.put({ ...model, connectionIds: [...new Set([...model.connectionIds, id])] })
  return ok()
}

/** Items whose id stands in a part of this one, or the other way round. */
function relations(context: Context, call: Call, isUpstream: boolean): Reply {
  const { sim } = context
  const item = locate(context, call, null, 'Viewer')
  const textOf = (own: ItemRecord): string =>
    [...partsOf(sim, own).values()].map(bytes => bytes.toString('latin1').toLowerCase()).join('\n')
  const ownText = textOf(item)
  const related = liveItems(sim, item.workspaceId).filter(
    other => other.id !== item.id && (isUpstream ? ownText.includes(other.id) : textOf(other).includes(item.id)),
  )
  const workspace = sim.store.workspaces.get(item.workspaceId)
  return ok({
    items: related.map(({ id, type, displayName, workspaceId }) => ({ id, type, displayName, workspaceId })),
    relations: related.map(other => ({
      itemId: isUpstream ? item.id : other.id,
      dependentOnItemId: isUpstream ? other.id : item.id,
      relationType: 'PushData',
    })),
    workspaces: workspace === undefined ? [] : [{ id: workspace.id, displayName: workspace.displayName }],
  })
}

const publishTask = defineTask<{ itemId: string }>('publish-environment', (sim, { itemId }) => {
  const item = sim.store.items.get(itemId)
  if (item === undefined) throw notFound('ItemNotFound', 'The environment is gone')
  const published = {
    state: 'Success' as const,
    targetVersion: item.published?.targetVersion ?? newId(),
    startedAt: item.published?.startedAt ?? Date.now(),
    endedAt: Date.now(),
  }
  return { publishDetails: publishDetails(sim.store.items.put({ ...item, published })) }
})

function publish(context: Context, call: Call): Promise<Reply> {
  const item = locate(context, call, 'Environment', 'Contributor')
  if (item.published?.state === 'Running') {
    throw badRequest('EnvironmentOperationInProgress', 'A publish of the environment is under way')
  }
  const published = { state: 'Running' as const, targetVersion: newId(), startedAt: Date.now(), endedAt: null }
  context.sim.store.items.put({ ...item, published })
  const payload = { itemId: item.id }
  return start(context, { task: publishTask, payload, workspaceId: item.workspaceId, statusAtOnce: 200 })
}

const refreshTask = defineTask<{ itemId: string; startedAt: number }>('refresh-metadata', (sim, payload) => {
  const endpoint = sim.store.items.get(payload.itemId)
  const owner = endpoint?.parentItemId ? sim.store.items.get(endpoint.parentItemId) : undefined
  const now = new Date().toISOString()
  const status = owner?.sourceBroken ? 'Failure' : 'Success'
  const error = { errorCode: 'AdalRetryException', message: 'The table could not be read' }
  return {
    value: ['dbo.example'].map(tableName => ({
      tableName,
      status,
      startDateTime: new Date(payload.startedAt).toISOString(),
      endDateTime: now,
      lastSuccessfulSyncDateTime: now,
      ...(status === 'Failure' && { error }),
    })),
  }
})

function refreshMetadata(context: Context, call: Call): Promise<Reply> {
  const item = locate(context, call, 'SQLEndpoint', 'Contributor')
  readJson(call, z.object({ recreateTables: z.boolean().optional(), timeout: z.unknown().optional() }))
  const payload = { itemId: item.id, startedAt: Date.now() }
  return start(context, { task: refreshTask, payload, workspaceId: item.workspaceId, statusAtOnce: 200 })
}

function connectionString(context: Context, call: Call, type: string): Reply {
  return ok({ connectionString: sqlHost(locate(context, call, type, 'Viewer').workspaceId) })
}

const own = '/v1/workspaces/{workspaceId}'

export const itemExtraRoutes: readonly Route<Context>[] = [
  route('GET', `${own}/items/{itemId}/connections`, connections),
  route('GET', `${own}/items/{itemId}/relations/upstream`, (context, call) => relations(context, call, true)),
  route('GET', `${own}/items/{itemId}/relations/downstream`, (context, call) => relations(context, call, false)),
  route('POST', `${own}/semanticModels/{itemId}/bindConnection`, bindConnection),
  route('POST', `${own}/environments/{itemId}/staging/publish`, publish),
  route('POST', `${own}/sqlEndpoints/{itemId}/refreshMetadata`, refreshMetadata),
  route('GET', `${own}/sqlEndpoints/{itemId}/connectionString`, (context, call) =>
    connectionString(context, call, 'SQLEndpoint'),
  ),
  route('GET', `${own}/warehouses/{itemId}/connectionString`, (context, call) =>
    connectionString(context, call, 'Warehouse'),
  ),
]

import { z } from 'zod'
import { ApiError, badRequest } from '../http/api-error'
import { type Call, parameter, type Reply, readJson } from '../http/call'
import { type Route, route } from '../http/router'
import { zeroId } from '../store/ids'
import type { ItemRecord, PartRecord } from '../store/records'
import { definitionSchema, readDefinition } from './definition-input'
import { requireFreeName, storeParts } from './item-store'
import { hasDefinition, typeOfCollection } from './item-types'
import { toNotebookJson } from './notebook-format'
import { start } from './operations'
import { findItem, requireCapacity, requireRole, requireSupportedPrincipal } from './permission'
import type { Context, Simulation } from './simulation'
import { defineTask } from './tasks'

/** The item of a generic or typed path, for a caller who may write and on a running capacity. */
function requireDefinableItem(context: Context, call: Call): ItemRecord {
  const workspace = requireRole(context, parameter(call, 'workspaceId'), 'Contributor')
  const item = findItem(context.sim, workspace.id, parameter(call, 'itemId'))
  const collection = call.parameters.collection
  if (collection !== undefined && typeOfCollection(collection) !== item.type) {
    throw new ApiError(404, 'ItemNotFound', 'The requested item was not found')
  }
  if (!hasDefinition(item.type)) {
    throw badRequest('OperationNotSupportedForItem', 'Operation not supported for requested item')
  }
  requireSupportedPrincipal(context, item.type)
  requireCapacity(context.sim, workspace, item.type)
  return item
}

type Exported = { readonly format: string | null; readonly parts: readonly PartRecord[] }

const exportTask = defineTask<{ itemId: string; format: string | null }, Exported>(
  'get-definition',
  (sim, { itemId, format }) => {
    const item = sim.store.items.get(itemId)
    if (item === undefined || item.deletedAt !== null) throw new ApiError(404, 'ItemNotFound', 'The item is gone')
    const parts = format === 'ipynb' ? toNotebookJson(sim, item) : item.parts
    return { format, parts: [...parts, ...storeParts(sim, [['.platform', platformPart(item)]])] }
  },
  { present: (sim, exported) => ({ definition: definitionBody(sim, exported) }) },
)

function definitionBody(sim: Simulation, { format, parts }: Exported) {
  return {
    ...(format !== null && { format }),
    parts: parts.map(({ path, hash }) => ({
      path,
      payload: sim.store.blobs.get(hash).toString('base64'),
      payloadType: 'InlineBase64',
    })),
  }
}

/** `.platform` as an export writes it: the logical id is not told. */
export function platformPart(item: ItemRecord, logicalId = zeroId): Buffer {
  const { type, displayName, description } = item
  const platform = {
    $schema: 'https://developer.microsoft.com/json-schemas/fabric/gitIntegration/platformProperties/2.0.0/schema.json',
    metadata: { type, displayName, ...(description !== '' && { description }) },
    config: { version: '2.0', logicalId },
  }
  return Buffer.from(JSON.stringify(platform, null, 2))
}

const formats: Readonly<Record<string, readonly string[]>> = {
  Notebook: ['ipynb', 'fabricGitSource'],
  SemanticModel: ['TMDL'],
  SparkJobDefinition: ['SparkJobDefinitionV1'],
  Report: ['PBIR', 'PBIR-Legacy'],
}

function getDefinition(context: Context, call: Call): Promise<Reply> {
  const item = requireDefinableItem(context, call)
  const asked = call.url.searchParams.get('format')
  const format = formats[item.type]?.find(known => known.toLowerCase() === asked?.toLowerCase()) ?? null
  if (asked !== null && format === null)
    throw badRequest('InvalidDefinitionFormat', `The format ${asked} is not supported`)
  const payload = { itemId: item.id, format }
  return start(context, { task: exportTask, payload, workspaceId: item.workspaceId, statusAtOnce: 200 })
}

type Update = {
  readonly itemId: string
  readonly parts: readonly PartRecord[]
  readonly metadata: { readonly displayName: string; readonly description: string } | null
}

const updateTask = defineTask<Update>('update-definition', (sim, { itemId, parts, metadata }) => {
  const item = sim.store.items.get(itemId)
  if (item === undefined || item.deletedAt !== null) throw new ApiError(404, 'ItemNotFound', 'The item is gone')
  if (metadata !== null) requireFreeName(sim, item.workspaceId, item.type, metadata.displayName, { itemId })
  sim.store.items.update(itemId, { parts, changedAt: Date.now(), ...metadata })
})

const updateBody = z.object({ definition: definitionSchema })

function updateDefinition(context: Context, call: Call): Promise<Reply> {
  const item = requireDefinableItem(context, call)
  const { parts, platform } = readDefinition(item.type, readJson(call, updateBody).definition)
  const wantsMetadata = call.url.searchParams.get('updateMetadata')?.toLowerCase() === 'true'
  if (wantsMetadata && platform === null) throw badRequest('InvalidInput', 'updateMetadata needs a .platform part')
  const metadata =
    wantsMetadata && platform !== null
      ? { displayName: platform.metadata.displayName, description: platform.metadata.description ?? '' }
      : null
  const payload: Update = { itemId: item.id, parts: storeParts(context.sim, parts), metadata }
  return start(context, { task: updateTask, payload, workspaceId: item.workspaceId, statusAtOnce: 200 })
}

export const definitionRoutes: readonly Route<Context>[] = ['items', '{collection}'].flatMap(kind => [
  route('POST', `/v1/workspaces/{workspaceId}/${kind}/{itemId}/getDefinition`, getDefinition, 'read'),
  route('POST', `/v1/workspaces/{workspaceId}/${kind}/{itemId}/updateDefinition`, updateDefinition),
])

import { z } from 'zod'
import { badRequest } from '../http/api-error'
import { type Call, parameter, type Reply, readJson } from '../http/call'
import { type Route, route } from '../http/router'
import { type ItemSource, parseItems } from '../store/git-format'
import { zeroId } from '../store/ids'
import type { ItemRecord } from '../store/records'
import { platformPart } from './definitions'
import { ensureFolder, folderPath } from './folders'
import { addItem, liveItems, partsOf, storeParts } from './item-store'
import { hasDefinition } from './item-types'
import { start } from './operations'
import { requireCapacity, requireRole } from './permission'
import type { Context, Simulation } from './simulation'
import { defineTask } from './tasks'

type ExportPayload = { readonly workspaceId: string; readonly ids: readonly string[] | null }

const exportTask = defineTask<ExportPayload, ExportPayload>('bulk-export', (_, payload) => payload, {
  present: (sim, { workspaceId, ids }) => {
    const items = liveItems(sim, workspaceId).filter(
      item => hasDefinition(item.type) && (ids === null || ids.includes(item.id)),
    )
    return {
      itemDefinitionsIndex: items.map(item => ({ id: item.id, rootPath: rootOf(sim, item) })),
      definitionParts: items.flatMap(item =>
        [...partsOf(sim, item), ['.platform', platformPart(item, item.logicalId)] as const].map(([path, bytes]) => ({
          path: `${rootOf(sim, item)}/${path}`,
          payload: bytes.toString('base64'),
          payloadType: 'InlineBase64',
        })),
      ),
    }
  },
})

const rootOf = (sim: Simulation, item: ItemRecord): string =>
  `/${[...folderPath(sim, item.folderId), `${item.displayName}.${item.type}`].join('/')}`

function exportAll(context: Context, call: Call): Promise<Reply> {
  const { id } = requireRole(context, parameter(call, 'workspaceId'), 'Contributor')
  const schema = z.object({
    mode: z.enum(['All', 'Selective']),
    items: z.array(z.object({ id: z.string() })).optional(),
  })
  const { mode, items = [] } = readJson(call, schema)
  const payload: ExportPayload = { workspaceId: id, ids: mode === 'All' ? null : items.map(item => item.id) }
  return start(context, { task: exportTask, payload, workspaceId: id, statusAtOnce: 200 })
}

type ImportPayload = {
  readonly workspaceId: string
  readonly callerId: string
  readonly pairsByName: boolean
  readonly files: readonly { readonly path: string; readonly hash: string }[]
}

const importTask = defineTask<ImportPayload>('bulk-import', (sim, payload) => {
  const files = new Map(payload.files.map(({ path, hash }) => [path, sim.store.blobs.get(hash)]))
  return { importItemDefinitionsDetails: parseItems(files).map(source => importItem(sim, payload, source)) }
})

function importItem(sim: Simulation, payload: ImportPayload, source: ItemSource): object {
  const live = liveItems(sim, payload.workspaceId)
  const before =
    live.find(item => source.logicalId !== zeroId && item.logicalId === source.logicalId) ??
    live.find(item => payload.pairsByName && item.type === source.type && item.displayName === source.displayName)
  const arriving = {
    displayName: source.displayName,
    description: source.description,
    parts: storeParts(sim, source.parts),
    folderId: ensureFolder(sim, payload.workspaceId, source.folders),
    ...(source.logicalId !== zeroId && { logicalId: source.logicalId }),
  }
  const { workspaceId, callerId: ownerId } = payload
  const item =
    before === undefined
      ? addItem(sim, { ...arriving, workspaceId, type: source.type, ownerId })
      : sim.store.items.put({ ...before, ...arriving, changedAt: Date.now() })
  return {
    itemId: item.id,
    itemDisplayName: item.displayName,
    itemType: item.type,
    itemLogicalId: item.logicalId,
    operationType: before === undefined ? 'Create' : 'Update',
    operationStatus: 'Succeeded',
  }
}

const importBody = z.object({
  definitionParts: z.array(z.object({ path: z.string(), payload: z.string(), payloadType: z.string() })).min(1),
  options: z.object({ allowPairingByName: z.boolean().optional() }).nullish(),
})

function importAll(context: Context, call: Call): Promise<Reply> {
  const { sim, caller } = context
  const workspace = requireRole(context, parameter(call, 'workspaceId'), 'Contributor')
  requireCapacity(sim, workspace, '')
  const { definitionParts, options } = readJson(call, importBody)
  const files = definitionParts.map(({ path, payload }) => {
    if (!path.startsWith('/')) throw badRequest('InvalidFilesPath', `'${path}' does not start at the root`)
    return { path: path.slice(1), hash: sim.store.blobs.put(Buffer.from(payload, 'base64')) }
  })
  const payload: ImportPayload = {
    workspaceId: workspace.id,
    callerId: caller.id,
    pairsByName: options?.allowPairingByName ?? false,
    files,
  }
  return start(context, { task: importTask, payload, workspaceId: workspace.id, statusAtOnce: 200 })
}

export const bulkRoutes: readonly Route<Context>[] = [
  route('POST', '/v1/workspaces/{workspaceId}/items/bulkExportDefinitions', exportAll, 'read'),
  route('POST', '/v1/workspaces/{workspaceId}/items/bulkImportDefinitions', importAll),
]

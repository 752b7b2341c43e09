import type { Part } from '@/lib/release/snapshot'
import type { Fabric } from './fabric'
import { at } from './http'
import { runOperation, type Started } from './operations'
import { listAll } from './paging'
import { parseBody } from './parse'
import { type Connection, connectionSchema, type Item, itemDefinitionResponseSchema, itemSchema } from './schemas'

export const listItems = (fabric: Fabric, workspaceId: string, type?: string): Promise<Item[]> =>
  listAll(fabric, itemSchema, { path: at`/workspaces/${workspaceId}/items`, query: { type } })

/** The parts of an item's definition, `.platform` included, in the type's default format. */
export async function getDefinition(fabric: Fabric, workspaceId: string, itemId: string): Promise<Part[]> {
  const path = at`/workspaces/${workspaceId}/items/${itemId}/getDefinition`
  const result = await runOperation(fabric, { method: 'POST', path, isRead: true }, itemDefinitionResponseSchema)
  const parts = result?.definition.parts ?? []
  return parts.map(part => ({ path: part.path, bytes: new Uint8Array(Buffer.from(part.payload, 'base64')) }))
}

export type NewItem = {
  readonly type: string
  readonly displayName: string
  readonly description: string
  readonly folderId: string | null
  /** Null: created by name only. */
  readonly parts: readonly Part[] | null
}

/** Null when Fabric did not say which item it made: look for it by type and name. */
export async function createItem(
  fabric: Fabric,
  workspaceId: string,
  item: NewItem,
  onStarted?: (started: Started) => Promise<void>,
): Promise<Item | null> {
  const body = {
    displayName: item.displayName,
    type: item.type,
    ...(item.description !== '' && { description: item.description }),
    ...(item.folderId !== null && { folderId: item.folderId }),
    ...(item.parts !== null && { definition: definitionOf(item.type, item.parts) }),
  }
  const request = { method: 'POST', path: at`/workspaces/${workspaceId}/items`, body } as const
  return runOperation(fabric, request, itemSchema, onStarted ? { onStarted } : {})
}

/** Replaces every part. With `.platform` among them, name and description follow it. */
export async function updateDefinition(
  fabric: Fabric,
  workspaceId: string,
  item: { id: string; type: string },
  parts: readonly Part[],
  onStarted?: (started: Started) => Promise<void>,
): Promise<void> {
  const request = {
    method: 'POST',
    path: at`/workspaces/${workspaceId}/items/${item.id}/updateDefinition`,
    query: { updateMetadata: parts.some(part => part.path === '.platform') ? 'true' : undefined },
    body: { definition: definitionOf(item.type, parts) },
  } as const
  await runOperation(fabric, request, null, onStarted ? { onStarted } : {})
}

export async function updateItem(
  fabric: Fabric,
  workspaceId: string,
  itemId: string,
  change: { displayName?: string; description?: string },
): Promise<Item> {
  const request = { method: 'PATCH', path: at`/workspaces/${workspaceId}/items/${itemId}`, body: change } as const
  return parseBody(itemSchema, (await fabric.send(request)).body, request)
}

export async function moveItem(fabric: Fabric, workspaceId: string, itemId: string, folderId: string | null) {
  const body = folderId === null ? {} : { targetFolderId: folderId }
  await fabric.send({ method: 'POST', path: at`/workspaces/${workspaceId}/items/${itemId}/move`, body })
}

/** The connections that an item is bound to. */
export const listItemConnections = (fabric: Fabric, workspaceId: string, itemId: string): Promise<Connection[]> =>
  listAll(fabric, connectionSchema, { path: at`/workspaces/${workspaceId}/items/${itemId}/connections` })

/** Main content first, in a fixed order: the order of parts has made creates fail. */
function definitionOf(type: string, parts: readonly Part[]) {
  const isIpynb = type === 'Notebook' && parts.some(part => part.path.endsWith('.ipynb'))
  const sorted = [...parts].sort((a, b) => rank(a) - rank(b) || (a.path < b.path ? -1 : 1))
  return {
    ...(isIpynb && { format: 'ipynb' }),
    parts: sorted.map(part => ({
      path: part.path,
      payload: Buffer.from(part.bytes).toString('base64'),
      payloadType: 'InlineBase64',
    })),
  }
}

const rank = (part: Part): number =>
  part.path.startsWith('.') ? 2 : /content|definition\.|report\.json/i.test(part.path) ? 0 : 1

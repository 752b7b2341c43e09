import { z } from 'zod'
import { addItem, deleteItem, liveItems, partsOf, storeParts } from '../fabric/item-store'
import { itemView } from '../fabric/item-view'
import { findWorkspace } from '../fabric/permission'
import { badRequest, notFound } from '../http/api-error'
import { type Call, ok, parameter, type Reply, readJson } from '../http/call'
import { type Route, route } from '../http/router'
import type { ItemRecord } from '../store/records'
import type { Control } from './control'

const itemSchema = z.object({
  item: z.union([z.object({ id: z.string() }), z.object({ type: z.string(), displayName: z.string() })]),
})

const editSchema = itemSchema.extend({
  act: z.enum(['change', 'delete', 'create']).default('change'),
  path: z.string().optional(),
  /** New text of the part; or find and replace within it; or the part goes. */
  text: z.string().optional(),
  base64: z.string().optional(),
  find: z.string().optional(),
  replace: z.string().optional(),
  removePart: z.boolean().default(false),
  displayName: z.string().optional(),
  description: z.string().optional(),
})

type Edit = z.infer<typeof editSchema>

/** A change by hand in a workspace, behind the back of whoever deploys there. */
function edit({ sim }: Control, call: Call): Reply {
  const { id } = findWorkspace(sim, parameter(call, 'workspaceId'))
  const input = readJson(call, editSchema)
  if (input.act === 'create') return ok(itemView(create(sim, id, input)))
  const item = locate(liveItems(sim, id), input.item)
  if (input.act === 'delete') {
    deleteItem(sim, item)
    return ok()
  }
  const parts = partsOf(sim, item)
  if (input.path !== undefined) changePart(parts, input.path, input)
  return ok(
    itemView(
      sim.store.items.put({
        ...item,
        parts: storeParts(sim, parts),
        displayName: input.displayName ?? item.displayName,
        description: input.description ?? item.description,
        changedAt: Date.now(),
      }),
    ),
  )
}

function create(sim: Control['sim'], workspaceId: string, { item, path, text, description }: Edit): ItemRecord {
  if (!('type' in item)) throw badRequest('InvalidInput', 'A new item needs type and displayName')
  const parts = path === undefined ? [] : storeParts(sim, [[path, Buffer.from(text ?? '')]])
  return addItem(sim, { workspaceId, ...item, description: description ?? '', parts, ownerId: workspaceId })
}

function changePart(parts: Map<string, Buffer>, path: string, input: Edit): void {
  const { text, base64, find, replace, removePart } = input
  const before = parts.get(path)
  if (removePart) parts.delete(path)
  else if (text !== undefined) parts.set(path, Buffer.from(text))
  else if (base64 !== undefined) parts.set(path, Buffer.from(base64, 'base64'))
  else if (before === undefined || find === undefined || !before.includes(find)) {
    throw badRequest('InvalidInput', `'${find ?? ''}' is not in the part '${path}'`)
  } else parts.set(path, Buffer.from(before.toString('utf8').replaceAll(find, () => replace ?? '')))
}

function locate(items: readonly ItemRecord[], wanted: Edit['item']): ItemRecord {
  const found = items.find(item =>
    'id' in wanted
      ? item.id === wanted.id.toLowerCase()
      : item.type === wanted.type && item.displayName === wanted.displayName,
  )
  if (found === undefined) throw notFound('ItemNotFound', 'There is no such item')
  return found
}

const stateSchema = z.object({
  sourceBroken: z.boolean().optional(),
  /** Outcomes of its next jobs and refreshes, in order. */
  nextJobOutcomes: z.array(z.string()).optional(),
  ownerId: z.string().optional(),
  activeValueSetName: z.string().optional(),
})

function changeItem({ sim }: Control, call: Call): Reply {
  const changed = sim.store.items.update(parameter(call, 'itemId'), readJson(call, stateSchema))
  if (changed === undefined) throw notFound('ItemNotFound', 'There is no such item')
  return ok(changed)
}

function changeCapacity({ sim }: Control, call: Call): Reply {
  const { state } = readJson(call, z.object({ state: z.enum(['Active', 'Inactive']) }))
  const changed = sim.store.capacities.update(parameter(call, 'capacityId'), { state })
  if (changed === undefined) throw notFound('CapacityNotFound', 'There is no such capacity')
  return ok(changed)
}

function changeConnection({ sim }: Control, call: Call): Reply {
  const { offline } = readJson(call, z.object({ offline: z.boolean() }))
  const changed = sim.store.connections.update(parameter(call, 'connectionId'), { offline })
  if (changed === undefined) throw notFound('ConnectionNotFound', 'There is no such connection')
  return ok(changed)
}

export const editRoutes: readonly Route<Control>[] = [
  route('POST', '/_sim/workspaces/{workspaceId}/edit', edit),
  route('POST', '/_sim/items/{itemId}', changeItem),
  route('POST', '/_sim/capacities/{capacityId}', changeCapacity),
  route('POST', '/_sim/connections/{connectionId}', changeConnection),
]

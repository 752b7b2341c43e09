import { z } from 'zod'
import { badRequest } from '../http/api-error'
import { type Call, parameter, type Reply, readJson } from '../http/call'
import { type Route, route } from '../http/router'
import type { ItemRecord, PartRecord } from '../store/records'
import { definitionSchema, readDefinition } from './definition-input'
import { requireFolder } from './folders'
import { addItem, type ItemDraft, requireFreeName, storeParts } from './item-store'
import { canBeCreated, hasDefinition, typeOfCollection } from './item-types'
import { itemView } from './item-view'
import { start } from './operations'
import { requireCapacity, requireRole, requireSupportedPrincipal } from './permission'
import type { Context, Simulation } from './simulation'
import { defineTask } from './tasks'

const createTask = defineTask<ItemDraft>('create-item', (sim, draft, operation) => {
  requireFreeName(
    sim,
    draft.workspaceId,
    draft.type,
    draft.displayName,
    operation === null ? {} : { operationId: operation.id },
  )
  return itemView(addItem(sim, draft))
})

const body = z.object({
  displayName: z.string().min(1).max(256),
  type: z.string().optional(),
  description: z.string().max(256).nullish(),
  folderId: z.string().nullish(),
  definition: definitionSchema.nullish(),
  creationPayload: z.record(z.string(), z.unknown()).nullish(),
})

type Body = z.infer<typeof body>

function create(context: Context, call: Call): Promise<Reply> {
  const { sim, caller } = context
  const workspace = requireRole(context, parameter(call, 'workspaceId'), 'Contributor')
  const input = readJson(call, body)
  const type = typeOf(call, input)
  if (!canBeCreated(type)) throw badRequest('OperationNotSupportedForItem', `${type} cannot be created by this call`)
  requireSupportedPrincipal(context, type)
  requireCapacity(sim, workspace, type)
  const folderId = input.folderId ?? null
  if (folderId !== null) requireFolder(sim, workspace.id, folderId)
  const draft: ItemDraft = {
    workspaceId: workspace.id,
    type,
    displayName: input.displayName,
    description: input.description ?? '',
    folderId,
    ownerId: caller.id,
    parts: partsOf(sim, type, input),
    parentItemId: eventhouseOf(sim, input),
  }
  requireFreeName(sim, workspace.id, type, input.displayName)
  return start(context, { task: createTask, payload: draft, workspaceId: workspace.id, statusAtOnce: 201 })
}

function typeOf(call: Call, input: Body): string {
  const typed = call.parameters.collection
  const type = typed === undefined ? input.type : typeOfCollection(typed)
  if (type === undefined) throw badRequest('InvalidItemType', 'The item type is missing or not known')
  return type
}

function partsOf(sim: Simulation, type: string, { definition, creationPayload }: Body): readonly PartRecord[] {
  if (definition === undefined || definition === null) {
    if (['SemanticModel', 'Report'].includes(type)) throw badRequest('InvalidInput', `${type} needs a definition`)
    return []
  }
  if (creationPayload) throw badRequest('InvalidInput', 'Use either creationPayload or definition')
  if (!hasDefinition(type)) throw badRequest('OperationNotSupportedForItem', `${type} has no public definition`)
  return storeParts(sim, readDefinition(type, definition).parts)
}

function eventhouseOf(sim: Simulation, { creationPayload }: Body): ItemRecord['parentItemId'] {
  const id = creationPayload?.parentEventhouseItemId
  if (typeof id !== 'string') return null
  if (sim.store.items.get(id)?.type !== 'Eventhouse') throw badRequest('ItemNotFound', 'The eventhouse was not found')
  return id
}

export const createItemRoutes = (kind: string): readonly Route<Context>[] => [
  route('POST', `/v1/workspaces/{workspaceId}/${kind}`, create),
]

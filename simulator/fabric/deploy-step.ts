import { ApiError, badRequest } from '../http/api-error'
import { contentDigest } from '../store/git-format'
import type { DeploymentRecord, DeployStepRecord, ItemRecord, StageRecord } from '../store/records'
import { bindParts } from './auto-binding'
import { ensureFolder, folderPath } from './folders'
import { addItem, liveItems, partsOf, storeParts } from './item-store'
import { allowsDuplicateNames } from './item-types'
import { modelOf } from './model-binding'
import { pair, pairOf } from './pairing'
import type { Simulation } from './simulation'

const order = [
  'VariableLibrary',
  'Warehouse',
  'MirroredDatabase',
  'Lakehouse',
  'SQLDatabase',
  'Environment',
  'UserDataFunction',
  'Eventhouse',
  'KQLDatabase',
  'SparkJobDefinition',
  'Notebook',
  'SemanticModel',
  'Report',
  'PaginatedReport',
  'CopyJob',
  'KQLQueryset',
  'Dataflow',
  'DataPipeline',
]

const rank = ({ type }: ItemRecord): number => (order.includes(type) ? order.indexOf(type) : order.length)

/** What others refer to comes first. */
export const sortForDeployment = (items: readonly ItemRecord[]): ItemRecord[] =>
  [...items].sort((a, b) => rank(a) - rank(b))

/** The item of the target stage that a source item is paired with, either way round. */
function counterpart(
  sim: Simulation,
  item: ItemRecord,
  source: StageRecord,
  target: StageRecord,
): ItemRecord | undefined {
  const id =
    source.order < target.order
      ? pairOf(sim, source, item.id)?.targetItemId
      : sim.store.pairs.find(own => own.targetStageId === source.id && own.targetItemId === item.id)?.sourceItemId
  const found = id === undefined ? undefined : sim.store.items.get(id)
  return found?.deletedAt === null ? found : undefined
}

const legacyNames: Readonly<Record<string, string>> = { SemanticModel: 'Dataset' }

export function planStep(
  sim: Simulation,
  item: ItemRecord,
  index: number,
  source: StageRecord,
  target: StageRecord,
): DeployStepRecord {
  const there = counterpart(sim, item, source, target)
  return {
    index,
    description: `${legacyNames[item.type] ?? item.type}Deployment`,
    status: 'NotStarted',
    preDeploymentDiffState: there === undefined ? 'New' : difference(sim, item, there, source, target),
    sourceItemId: item.id,
    sourceItemDisplayName: item.displayName,
    targetItemId: there?.id ?? null,
    targetItemDisplayName: there?.displayName ?? null,
    itemType: item.type,
    error: null,
  }
}

function difference(
  sim: Simulation,
  item: ItemRecord,
  there: ItemRecord,
  source: StageRecord,
  target: StageRecord,
): 'Different' | 'NoDifference' {
  const arriving = contentDigest('', item.description, bindParts(sim, item, source, target))
  return arriving === contentDigest('', there.description, partsOf(sim, there)) ? 'NoDifference' : 'Different'
}

/** A report goes nowhere without its model: in the target already, or in the same deployment. */
export function requireDependencies(sim: Simulation, deployment: DeploymentRecord, source: StageRecord): void {
  const going = new Set(deployment.steps.map(step => step.sourceItemId))
  for (const { sourceItemId, itemType } of deployment.steps) {
    const report = itemType === 'Report' ? sim.store.items.get(sourceItemId) : undefined
    const modelId = report === undefined ? null : modelOf(sim, report)
    const model = modelId === null ? undefined : sim.store.items.get(modelId)
    if (model?.workspaceId !== source.workspaceId || model.deletedAt !== null || going.has(model.id)) continue
    if (pairOf(sim, source, model.id) === undefined) {
      throw badRequest('MissingDependency', `The model '${model.displayName}' of the report is not in the target stage`)
    }
  }
}

/** Copies one item; gives the id in the target. */
export function runStep(
  sim: Simulation,
  deployment: DeploymentRecord,
  step: DeployStepRecord,
  source: StageRecord,
  target: StageRecord,
): ItemRecord {
  const item = sim.store.items.get(step.sourceItemId)
  const workspaceId = target.workspaceId
  if (item === undefined || item.deletedAt !== null || workspaceId === null) {
    throw badRequest('ItemNotFound', 'The source item is gone')
  }
  const parts = storeParts(sim, bindParts(sim, item, source, target))
  const there = counterpart(sim, item, source, target)
  const reboundTo =
    item.reboundTo === null ? null : (pairOf(sim, source, item.reboundTo)?.targetItemId ?? item.reboundTo)
  const arrived =
    there === undefined
      ? create(sim, deployment, item, workspaceId, parts, reboundTo)
      : sim.store.items.put({ ...there, parts, description: item.description, reboundTo, changedAt: Date.now() })
  if (source.order < target.order) pair(sim, source, target, item.id, arrived.id, Date.now())
  else pair(sim, target, source, arrived.id, item.id, null)
  return arrived
}

function create(
  sim: Simulation,
  deployment: DeploymentRecord,
  item: ItemRecord,
  workspaceId: string,
  parts: ItemRecord['parts'],
  reboundTo: string | null,
): ItemRecord {
  const isTaken = liveItems(sim, workspaceId).some(
    other => other.type === item.type && other.displayName.toLowerCase() === item.displayName.toLowerCase(),
  )
  if (isTaken && !allowsDuplicateNames(item.type)) {
    throw new ApiError(
      400,
      'ItemDisplayNameAlreadyInUse',
      `'${item.displayName}' is in the target stage already, and not paired`,
    )
  }
  const parent = item.parentItemId === null ? undefined : sim.store.items.get(item.parentItemId)
  const newParent = parent === undefined ? undefined : sim.store.pairs.find(own => own.sourceItemId === parent.id)
  return addItem(sim, {
    workspaceId,
    type: item.type,
    displayName: item.displayName,
    description: item.description,
    folderId: ensureFolder(sim, workspaceId, folderPath(sim, item.folderId)),
    ownerId: deployment.performedBy.id,
    parentItemId: newParent?.targetItemId ?? null,
    parts,
    reboundTo,
  })
}

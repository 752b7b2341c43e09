import { z } from 'zod'
import { badRequest } from '../http/api-error'
import { type Call, parameter, type Reply, readJson } from '../http/call'
import { type Route, route } from '../http/router'
import { newId } from '../store/ids'
import type { DeploymentRecord, ItemRecord, StageRecord } from '../store/records'
import { deployTask } from './deploy-run'
import { planStep, sortForDeployment } from './deploy-step'
import { findStage } from './deployment-pipelines'
import { liveItems } from './item-store'
import { start } from './operations'
import { deployableItems } from './pairing'
import { requireCapacity, requirePipeline, requireRole, requireSupportedPrincipal } from './permission'
import { requireQuiet } from './pipeline-stages'
import type { Context, Simulation } from './simulation'
import { addWorkspace, requireFreeWorkspaceName } from './workspaces'

const body = z.object({
  sourceStageId: z.string(),
  targetStageId: z.string(),
  items: z
    .array(z.object({ sourceItemId: z.string(), itemType: z.string() }))
    .max(300)
    .optional(),
  note: z.string().max(1024).optional(),
  createdWorkspaceDetails: z.object({ name: z.string().min(1), capacityId: z.string().optional() }).optional(),
  options: z.object({ allowCrossRegionDeployment: z.boolean().optional() }).optional(),
})

type Body = z.infer<typeof body>

async function deploy(context: Context, call: Call): Promise<Reply> {
  const { sim, caller } = context
  const pipeline = requirePipeline(context, parameter(call, 'pipelineId'))
  const input = readJson(call, body)
  const source = findStage(sim, pipeline.id, input.sourceStageId)
  const givenTarget = findStage(sim, pipeline.id, input.targetStageId)
  if (source.workspaceId === null) throw badRequest('StageHasNoWorkspace', 'The source stage has no workspace')
  requireRole(context, source.workspaceId, 'Contributor')
  requireDirection(sim, source, givenTarget)
  requireQuiet(sim, pipeline.id)
  const target = targetWithWorkspace(context, givenTarget, input)
  const workspace = requireRole(context, target.workspaceId ?? '', 'Contributor')
  const items = chosenItems(sim, source, input)
  for (const item of items) {
    requireSupportedPrincipal(context, item.type)
    requireCapacity(sim, workspace, item.type)
  }
  const now = Date.now()
  const deployment: DeploymentRecord = sim.store.deployments.put({
    id: newId(),
    pipelineId: pipeline.id,
    sourceStageId: source.id,
    targetStageId: target.id,
    status: 'NotStarted',
    note: input.note ?? null,
    performedBy: { id: caller.id, type: caller.type },
    startedAt: now,
    updatedAt: now,
    endedAt: null,
    steps: sortForDeployment(items).map((item, index) => planStep(sim, item, index, source, target)),
  })
  return start(context, {
    task: deployTask,
    payload: { pipelineId: pipeline.id, deploymentId: deployment.id },
    workspaceId: workspace.id,
    headers: { 'deployment-id': deployment.id },
  })
}

function requireDirection(sim: Simulation, source: StageRecord, target: StageRecord): void {
  const step = target.order - source.order
  const isEmpty = target.workspaceId === null || liveItems(sim, target.workspaceId).length === 0
  if (step === 1 || (step === -1 && isEmpty)) return
  throw badRequest(
    'InvalidTargetStage',
    'Content goes to the next stage, or to the previous one as long as that is empty',
  )
}

function targetWithWorkspace(context: Context, target: StageRecord, input: Body): StageRecord {
  const { sim, caller } = context
  if (target.workspaceId !== null) return target
  const details = input.createdWorkspaceDetails
  if (details === undefined) {
    throw badRequest('CreatedWorkspaceDetailsMissing', 'The target stage has no workspace and none is described')
  }
  requireFreeWorkspaceName(sim, details.name, null)
  const workspace = addWorkspace(sim, { displayName: details.name, capacityId: details.capacityId ?? null })
  sim.store.roles.put({ scope: workspace.id, principal: { id: caller.id, type: caller.type }, role: 'Admin' })
  return sim.store.stages.put({ ...target, workspaceId: workspace.id })
}

function chosenItems(sim: Simulation, source: StageRecord, { items }: Body): ItemRecord[] {
  const there = deployableItems(sim, source.workspaceId ?? '')
  if (items === undefined) {
    if (there.length > 300) throw badRequest('TooManyItems', 'At most 300 items go in one deployment')
    return there
  }
  if (items.length === 0) throw badRequest('InvalidInput', 'No item is chosen')
  return items.map(({ sourceItemId, itemType }) => {
    const item = there.find(own => own.id === sourceItemId.toLowerCase())
    if (item === undefined) throw badRequest('ItemNotFound', `The item ${sourceItemId} is not in the source stage`)
    if (item.type !== itemType) throw badRequest('ItemTypeMismatch', `The item ${sourceItemId} is a ${item.type}`)
    return item
  })
}

export const deployRoutes: readonly Route<Context>[] = [
  route('POST', '/v1/deploymentPipelines/{pipelineId}/deploy', deploy),
]

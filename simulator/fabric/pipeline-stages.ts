import { z } from 'zod'
import { badRequest } from '../http/api-error'
import { type Call, ok, type Reply, readJson } from '../http/call'
import { type Route, route } from '../http/router'
import type { PairRecord, StageRecord } from '../store/records'
import { requireStage } from './deployment-pipelines'
import { isUnderWay } from './operations'
import { page } from './paging'
import { deployableItems, pairByName, stagesOf } from './pairing'
import { isAtLeast, requireRole, roleIn } from './permission'
import type { Context, Simulation } from './simulation'
import { zonedTime } from './time'

function items(context: Context, call: Call): Reply {
  const { sim } = context
  const stage = requireStage(context, call)
  if (stage.workspaceId === null) throw badRequest('StageHasNoWorkspace', 'No workspace is assigned to the stage')
  const pairs = sim.store.pairs.filter(pair => pair.pipelineId === stage.pipelineId)
  const before = visiblePairs(
    context,
    stagesOf(sim, stage.pipelineId)[stage.order - 1],
    pairs.filter(pair => pair.targetStageId === stage.id),
  )
  const after = visiblePairs(
    context,
    stagesOf(sim, stage.pipelineId)[stage.order + 1],
    pairs.filter(pair => pair.sourceStageId === stage.id),
  )
  const sources = new Map(before.map(pair => [pair.targetItemId, pair]))
  const targets = new Map(after.map(pair => [pair.sourceItemId, pair]))
  const shown = deployableItems(sim, stage.workspaceId).map(item => {
    const source = sources.get(item.id)
    const target = targets.get(item.id)
    return {
      itemId: item.id,
      itemDisplayName: item.displayName,
      itemType: item.type,
      ...(source !== undefined && { sourceItemId: source.sourceItemId }),
      ...(target !== undefined && { targetItemId: target.targetItemId }),
      ...(source?.lastDeploymentTime && { lastDeploymentTime: zonedTime(source.lastDeploymentTime) }),
    }
  })
  return page(context, call, shown)
}

// Ids of a neighbour are told to who may edit there.
function visiblePairs(context: Context, neighbour: StageRecord | undefined, pairs: PairRecord[]): PairRecord[] {
  if (!neighbour?.workspaceId) return []
  return isAtLeast(roleIn(context, neighbour.workspaceId), 'Contributor') ? pairs : []
}

function assign(context: Context, call: Call): Reply {
  const { sim } = context
  const stage = requireStage(context, call)
  const { workspaceId } = readJson(call, z.object({ workspaceId: z.string() }))
  const workspace = requireRole(context, workspaceId, 'Admin')
  if (stage.workspaceId !== null) throw badRequest('StageAlreadyHasWorkspace', 'A workspace is already assigned')
  if (sim.store.stages.find(other => other.workspaceId === workspace.id) !== undefined) {
    throw badRequest('WorkspaceAlreadyAssigned', 'The workspace is assigned to another stage')
  }
  if (workspace.capacityId === null) {
    throw badRequest('WorkspaceHasNoCapacityAssigned', 'The workspace is on no capacity')
  }
  requireQuiet(sim, stage.pipelineId)
  linkStage(sim, sim.store.stages.put({ ...stage, workspaceId: workspace.id }))
  return ok()
}

/** Makes the stored edges to both neighbours, by name and type. */
export function linkStage(sim: Simulation, stage: StageRecord): void {
  const all = stagesOf(sim, stage.pipelineId)
  const before = all[stage.order - 1]
  const after = all[stage.order + 1]
  if (before !== undefined) pairByName(sim, before, stage)
  if (after !== undefined) pairByName(sim, stage, after)
}

function unassign(context: Context, call: Call): Reply {
  const { sim } = context
  const stage = requireStage(context, call)
  if (stage.workspaceId === null) throw badRequest('StageHasNoWorkspace', 'No workspace is assigned to the stage')
  requireQuiet(sim, stage.pipelineId)
  sim.store.stages.put({ ...stage, workspaceId: null })
  for (const pair of sim.store.pairs.all()) {
    if (pair.sourceStageId !== stage.id && pair.targetStageId !== stage.id) continue
    sim.store.pairs.remove(`${pair.sourceStageId}/${pair.sourceItemId}`)
  }
  for (const deployment of sim.store.deployments.all()) {
    if (deployment.targetStageId === stage.id) sim.store.deployments.remove(deployment.id)
  }
  return ok()
}

/** One operation at a time in a pipeline. */
export function requireQuiet(sim: Simulation, pipelineId: string): void {
  const running = sim.store.operations.find(
    operation =>
      operation.task === 'deploy' &&
      isUnderWay(operation) &&
      (operation.payload as { readonly pipelineId: string }).pipelineId === pipelineId,
  )
  if (running !== undefined) {
    throw badRequest('DeploymentPipelineOperationInProgress', 'Another operation of the pipeline is under way')
  }
}

const one = '/v1/deploymentPipelines/{pipelineId}/stages/{stageId}'

export const stageRoutes: readonly Route<Context>[] = [
  route('GET', `${one}/items`, items),
  route('POST', `${one}/assignWorkspace`, assign),
  route('POST', `${one}/unassignWorkspace`, unassign),
]

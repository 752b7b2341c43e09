import { notFound } from '../http/api-error'
import { type Call, ok, parameter, type Reply } from '../http/call'
import { type Route, route } from '../http/router'
import type { DeploymentRecord, DeployStepRecord } from '../store/records'
import { page } from './paging'
import { requirePipeline } from './permission'
import { assignmentView } from './role-assignments'
import type { Context, Simulation } from './simulation'
import { zonedTime, zonelessTime } from './time'

function shortView(sim: Simulation, deployment: DeploymentRecord) {
  const count = (state: DeployStepRecord['preDeploymentDiffState']): number =>
    deployment.steps.filter(step => step.preDeploymentDiffState === state).length
  const { principal } = assignmentView(sim, { scope: '', principal: deployment.performedBy, role: 'Admin' })
  return {
    id: deployment.id,
    type: 'Deploy',
    status: deployment.status,
    lastUpdatedTime: zonelessTime(deployment.updatedAt),
    executionStartTime: zonedTime(deployment.startedAt),
    ...(deployment.endedAt !== null && { executionEndTime: zonedTime(deployment.endedAt) }),
    sourceStageId: deployment.sourceStageId,
    targetStageId: deployment.targetStageId,
    performedBy: principal,
    preDeploymentDiffInformation: {
      newItemsCount: count('New'),
      differentItemsCount: count('Different'),
      noDifferenceItemsCount: count('NoDifference'),
    },
    ...(deployment.note !== null && { note: { content: deployment.note, isTruncated: false } }),
  }
}

const stepView = (step: DeployStepRecord) => ({
  index: step.index,
  description: step.description,
  status: step.status,
  preDeploymentDiffState: step.preDeploymentDiffState,
  sourceAndTarget: {
    sourceItemId: step.sourceItemId,
    sourceItemDisplayName: step.sourceItemDisplayName,
    ...(step.targetItemId !== null && {
      targetItemId: step.targetItemId,
      targetItemDisplayName: step.targetItemDisplayName,
    }),
    itemType: step.itemType,
  },
  ...(step.error !== null && { error: step.error }),
})

/** A deployment with all its steps. */
export const deploymentView = (sim: Simulation, deployment: DeploymentRecord) => ({
  ...shortView(sim, deployment),
  executionPlan: { steps: deployment.steps.map(stepView) },
})

function list(context: Context, call: Call): Reply {
  const { sim } = context
  const { id } = requirePipeline(context, parameter(call, 'pipelineId'))
  const newestFirst = sim.store.deployments.filter(own => own.pipelineId === id).reverse()
  return page(
    context,
    call,
    newestFirst.map(own => shortView(sim, own)),
    Math.min(20, sim.settings.pageSize),
  )
}

function get(context: Context, call: Call): Reply {
  const { id } = requirePipeline(context, parameter(call, 'pipelineId'))
  const deployment = context.sim.store.deployments.get(parameter(call, 'operationId'))
  if (deployment?.pipelineId !== id) throw notFound('OperationNotFound', 'The requested operation was not found')
  return ok(deploymentView(context.sim, deployment))
}

const base = '/v1/deploymentPipelines/{pipelineId}/operations'

export const pipelineOperationRoutes: readonly Route<Context>[] = [
  route('GET', base, list),
  route('GET', `${base}/{operationId}`, get),
]

import { ApiError } from '../http/api-error'
import type { DeploymentRecord, DeployStepRecord, OperationRecord } from '../store/records'
import { requireDependencies, runStep } from './deploy-step'
import { findStage } from './deployment-pipelines'
import { errorBody } from './operations'
import { deploymentView } from './pipeline-operations'
import type { Simulation } from './simulation'
import { defineTask } from './tasks'

type Payload = { readonly pipelineId: string; readonly deploymentId: string }

/** Copies item by item; what is done stays done, so that it can go on after a restart and fail half-way. */
export const deployTask = defineTask<Payload>('deploy', run, { isPaced: true })

async function run(sim: Simulation, payload: Payload, operation: OperationRecord | null): Promise<unknown> {
  const deployment = update(sim, payload.deploymentId, { status: 'Running' })
  const source = findStage(sim, payload.pipelineId, deployment.sourceStageId)
  const target = findStage(sim, payload.pipelineId, deployment.targetStageId)
  const pauseMs = operation === null ? 0 : sim.settings.operationMs / (deployment.steps.length + 1)
  try {
    requireDependencies(sim, deployment, source)
    for (const step of deployment.steps) {
      if (step.status === 'Succeeded') continue
      if (pauseMs > 0) await sim.timers.sleep(pauseMs)
      stopHere(operation, step)
      const arrived = runStep(sim, deployment, step, source, target)
      updateStep(sim, deployment.id, step.index, {
        status: 'Succeeded',
        targetItemId: arrived.id,
        targetItemDisplayName: arrived.displayName,
      })
    }
    if (pauseMs > 0) await sim.timers.sleep(pauseMs)
  } catch (error) {
    const failed = sim.store.deployments.get(deployment.id)?.steps.find(step => step.status !== 'Succeeded')
    if (failed !== undefined) {
      updateStep(sim, deployment.id, failed.index, { status: 'Failed', error: errorBody(error) })
    }
    update(sim, deployment.id, { status: 'Failed', endedAt: Date.now() })
    throw error
  }
  return deploymentView(sim, update(sim, deployment.id, { status: 'Succeeded', endedAt: Date.now() }))
}

function stopHere(operation: OperationRecord | null, step: DeployStepRecord): void {
  const fault = operation?.fault
  if (fault?.kind === 'deploy-stops' && step.index >= fault.afterItems) {
    throw new ApiError(500, fault.errorCode, fault.message)
  }
}

function update(sim: Simulation, id: string, change: Partial<DeploymentRecord>): DeploymentRecord {
  const changed = sim.store.deployments.update(id, { ...change, updatedAt: Date.now() })
  if (changed === undefined) throw new ApiError(404, 'OperationNotFound', 'The deployment is gone')
  return changed
}

function updateStep(sim: Simulation, id: string, index: number, change: Partial<DeployStepRecord>): void {
  const deployment = sim.store.deployments.get(id)
  if (deployment === undefined) return
  update(sim, id, { steps: deployment.steps.map(step => (step.index === index ? { ...step, ...change } : step)) })
}

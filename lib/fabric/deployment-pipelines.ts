import type { Fabric } from './fabric'
import { at } from './http'
import { unknownEnd } from './operations'
import { listAll, listUntil } from './paging'
import { parseBody } from './parse'
import {
  type DeploymentPipelineOperation,
  type DeploymentPipelineStage,
  type DeploymentPipelineStageItem,
  deploymentPipelineOperationSchema,
  deploymentPipelineStageItemSchema,
  deploymentPipelineStageSchema,
} from './schemas'
import { fabricTime, pause } from './time'

/** What Fabric takes in one deploy call. */
export const mostItemsInOneDeploy = 300

export const listStages = (fabric: Fabric, pipelineId: string): Promise<DeploymentPipelineStage[]> =>
  listAll(fabric, deploymentPipelineStageSchema, { path: at`/deploymentPipelines/${pipelineId}/stages` })

/** The items of a stage with their stored pairing. */
export const listStageItems = (
  fabric: Fabric,
  pipelineId: string,
  stageId: string,
): Promise<DeploymentPipelineStageItem[]> =>
  listAll(fabric, deploymentPipelineStageItemSchema, {
    path: at`/deploymentPipelines/${pipelineId}/stages/${stageId}/items`,
  })

/** Operations not older than an instant, newest first. */
export async function listDeployments(
  fabric: Fabric,
  pipelineId: string,
  since: Date,
): Promise<DeploymentPipelineOperation[]> {
  const isOld = (operation: DeploymentPipelineOperation) =>
    operation.executionStartTime != null && fabricTime(operation.executionStartTime) < since
  const all = await listUntil(
    fabric,
    deploymentPipelineOperationSchema,
    { path: at`/deploymentPipelines/${pipelineId}/operations` },
    page => page.some(isOld),
  )
  return all.filter(operation => !isOld(operation))
}

export async function getDeployment(
  fabric: Fabric,
  pipelineId: string,
  deploymentId: string,
): Promise<DeploymentPipelineOperation> {
  const request = { method: 'GET', path: at`/deploymentPipelines/${pipelineId}/operations/${deploymentId}` } as const
  return parseBody(deploymentPipelineOperationSchema, (await fabric.send(request)).body, request)
}

export type Deployment = {
  readonly sourceStageId: string
  readonly targetStageId: string
  readonly items: readonly { readonly sourceItemId: string; readonly itemType: string }[]
  /** At most 1,024 characters; it carries the promotion's id, by which a started deployment is found again. */
  readonly note: string
}

/** Starts a deployment. Its id is null when Fabric did not tell it: find it by its note. */
export async function startDeployment(
  fabric: Fabric,
  pipelineId: string,
  deployment: Deployment,
): Promise<string | null> {
  if (deployment.items.length === 0) throw new Error('a deployment without items would deploy everything')
  const path = at`/deploymentPipelines/${pipelineId}/deploy`
  const answer = await fabric.send({ method: 'POST', path, body: deployment })
  const body = deploymentPipelineOperationSchema.safeParse(answer.body)
  return answer.headers['deployment-id'] ?? body.data?.id ?? null
}

/** Waits for the end of a deployment, whoever started it, and gives it with its steps. */
export async function waitForDeployment(
  fabric: Fabric,
  pipelineId: string,
  deploymentId: string,
): Promise<DeploymentPipelineOperation> {
  const until = Date.now() + fabric.patience.operationMs
  for (;;) {
    const deployment = await getDeployment(fabric, pipelineId, deploymentId)
    if (!['NotStarted', 'Running', 'Undefined'].includes(deployment.status)) return deployment
    if (Date.now() > until) throw unknownEnd('POST deploy', `deployment ${deploymentId} had not ended in time`)
    await pause(fabric.patience.usualPollMs)
  }
}

import { z } from 'zod'
import { badRequest, notFound } from '../http/api-error'
import { type Call, ok, parameter, type Reply, readJson } from '../http/call'
import { type Route, route } from '../http/router'
import { newId } from '../store/ids'
import type { PipelineRecord, StageRecord } from '../store/records'
import { page } from './paging'
import { stagesOf } from './pairing'
import { requirePipeline, roleIn } from './permission'
import type { Context, Simulation } from './simulation'

export function stageView(sim: Simulation, stage: StageRecord) {
  const workspace = stage.workspaceId === null ? undefined : sim.store.workspaces.get(stage.workspaceId)
  return {
    id: stage.id,
    order: stage.order,
    displayName: stage.displayName,
    description: stage.description,
    isPublic: stage.isPublic,
    ...(workspace !== undefined && { workspaceId: workspace.id, workspaceName: workspace.displayName }),
  }
}

const detailedView = (sim: Simulation, pipeline: PipelineRecord) => ({
  ...pipeline,
  stages: stagesOf(sim, pipeline.id).map(stage => stageView(sim, stage)),
})

/** The stage of a pipeline that the caller administers. */
export function requireStage(context: Context, call: Call): StageRecord {
  const pipeline = requirePipeline(context, parameter(call, 'pipelineId'))
  return findStage(context.sim, pipeline.id, parameter(call, 'stageId'))
}

export function findStage(sim: Simulation, pipelineId: string, stageId: string): StageRecord {
  const stage = sim.store.stages.get(stageId)
  if (stage?.pipelineId !== pipelineId) {
    throw notFound('DeploymentPipelineStageNotFound', 'The requested stage was not found')
  }
  return stage
}

function list(context: Context, call: Call): Reply {
  const shown = context.sim.store.pipelines.filter(pipeline => roleIn(context, pipeline.id) === 'Admin')
  return page(context, call, shown)
}

const get = (context: Context, call: Call): Reply =>
  ok(detailedView(context.sim, requirePipeline(context, parameter(call, 'pipelineId'))))

const names = { displayName: z.string().min(1).max(256), description: z.string().max(1024).optional() }
const createBody = z.object({
  ...names,
  stages: z
    .array(z.object({ ...names, isPublic: z.boolean().optional() }))
    .min(2)
    .max(10),
})

function create(context: Context, call: Call): Reply {
  const { sim, caller } = context
  const { displayName, description = '', stages } = readJson(call, createBody)
  const pipeline = sim.store.pipelines.put({ id: newId(), displayName, description })
  for (const [order, stage] of stages.entries()) {
    sim.store.stages.put({
      id: newId(),
      pipelineId: pipeline.id,
      order,
      displayName: stage.displayName,
      description: stage.description ?? '',
      isPublic: stage.isPublic ?? false,
      workspaceId: null,
    })
  }
  sim.store.roles.put({ scope: pipeline.id, principal: { id: caller.id, type: caller.type }, role: 'Admin' })
  return { status: 201, body: detailedView(sim, pipeline) }
}

function update(context: Context, call: Call): Reply {
  const pipeline = requirePipeline(context, parameter(call, 'pipelineId'))
  const change = readJson(call, z.object(names).partial())
  return ok(detailedView(context.sim, context.sim.store.pipelines.put({ ...pipeline, ...change })))
}

function remove(context: Context, call: Call): Reply {
  const { store } = context.sim
  const { id } = requirePipeline(context, parameter(call, 'pipelineId'))
  const stages = stagesOf(context.sim, id)
  if (stages.some(stage => stage.workspaceId !== null)) {
    throw badRequest('DeploymentPipelineHasAssignedWorkspaces', 'Workspaces are still assigned to its stages')
  }
  for (const stage of stages) store.stages.remove(stage.id)
  store.pipelines.remove(id)
  return ok()
}

function stages(context: Context, call: Call): Reply {
  const { id } = requirePipeline(context, parameter(call, 'pipelineId'))
  return page(
    context,
    call,
    stagesOf(context.sim, id).map(stage => stageView(context.sim, stage)),
  )
}

const stage = (context: Context, call: Call): Reply => ok(stageView(context.sim, requireStage(context, call)))

function updateStage(context: Context, call: Call): Reply {
  const own = requireStage(context, call)
  const change = readJson(call, z.object({ ...names, isPublic: z.boolean() }).partial())
  return ok(stageView(context.sim, context.sim.store.stages.put({ ...own, ...change })))
}

const base = '/v1/deploymentPipelines'
const one = `${base}/{pipelineId}`

export const pipelineRoutes: readonly Route<Context>[] = [
  route('GET', base, list),
  route('POST', base, create),
  route('GET', one, get),
  route('PATCH', one, update),
  route('DELETE', one, remove),
  route('GET', `${one}/stages`, stages),
  route('GET', `${one}/stages/{stageId}`, stage),
  route('PATCH', `${one}/stages/{stageId}`, updateStage),
]

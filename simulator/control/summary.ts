import { liveItems } from '../fabric/item-store'
import { isUnderWay } from '../fabric/operations'
import type { Simulation } from '../fabric/simulation'

/** What is there, in short. */
export function summary(sim: Simulation) {
  const { store } = sim
  return {
    workspaces: store.workspaces
      .filter(workspace => workspace.deletedAt === null)
      .map(({ id, displayName, capacityId, git }) => ({
        id,
        displayName,
        capacityId,
        head: git?.head ?? null,
        items: liveItems(sim, id).map(item => ({ id: item.id, type: item.type, displayName: item.displayName })),
      })),
    capacities: store.capacities.all(),
    deploymentPipelines: store.pipelines.all().map(pipeline => ({
      ...pipeline,
      pairs: store.pairs.filter(pair => pair.pipelineId === pipeline.id).length,
      deployments: store.deployments.filter(deployment => deployment.pipelineId === pipeline.id).length,
    })),
    operationsUnderWay: store.operations.filter(isUnderWay).length,
    calls: store.calls.size,
    faults: sim.faults.list().length,
  }
}

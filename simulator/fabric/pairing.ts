import type { ItemRecord, PairRecord, StageRecord } from '../store/records'
import { folderPath } from './folders'
import { liveItems } from './item-store'
import type { Simulation } from './simulation'

/** Pairs what has the same name and type on both sides; the folder breaks a tie. */
export function pairByName(sim: Simulation, source: StageRecord, target: StageRecord): void {
  if (source.workspaceId === null || target.workspaceId === null) return
  const taken = new Set(sim.store.pairs.filter(pair => pair.sourceStageId === source.id).map(pair => pair.targetItemId))
  const targets = deployableItems(sim, target.workspaceId)
  for (const item of deployableItems(sim, source.workspaceId)) {
    const alike = targets.filter(
      other => other.type === item.type && other.displayName === item.displayName && !taken.has(other.id),
    )
    const place = folderPath(sim, item.folderId).join('/')
    const match = alike.find(other => folderPath(sim, other.folderId).join('/') === place) ?? alike[0]
    if (match === undefined) continue
    taken.add(match.id)
    pair(sim, source, target, item.id, match.id, null)
  }
}

export function pair(
  sim: Simulation,
  source: StageRecord,
  target: StageRecord,
  sourceItemId: string,
  targetItemId: string,
  lastDeploymentTime: number | null,
): PairRecord {
  return sim.store.pairs.put({
    pipelineId: source.pipelineId,
    sourceStageId: source.id,
    targetStageId: target.id,
    sourceItemId,
    targetItemId,
    lastDeploymentTime,
  })
}

export const pairOf = (sim: Simulation, source: StageRecord, sourceItemId: string): PairRecord | undefined =>
  sim.store.pairs.get(`${source.id}/${sourceItemId}`)

/** What a pipeline handles: children that come by themselves are not among it. */
export const deployableItems = (sim: Simulation, workspaceId: string): ItemRecord[] =>
  liveItems(sim, workspaceId).filter(item => item.type !== 'SQLEndpoint')

export const stagesOf = (sim: Simulation, pipelineId: string): StageRecord[] =>
  sim.store.stages.filter(stage => stage.pipelineId === pipelineId).sort((a, b) => a.order - b.order)

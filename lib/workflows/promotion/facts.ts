import type { Configuration } from '@/lib/configuration/configuration'
import { valueIn } from '@/lib/configuration/variable'
import type { Db } from '@/lib/db/client'
import { type Tier, tiers } from '@/lib/environment/tier'
import { listCapacities } from '@/lib/fabric/capacities'
import { listConnections } from '@/lib/fabric/connections'
import { listStageItems, listStages } from '@/lib/fabric/deployment-pipelines'
import type { Fabric } from '@/lib/fabric/fabric'
import { listItems } from '@/lib/fabric/items'
import type { Capacity, Connection } from '@/lib/fabric/schemas'
import { listSqlEndpoints } from '@/lib/fabric/sql-endpoints'
import { getWorkspace } from '@/lib/fabric/workspaces'
import type { KnownEnvironment, StagePairing } from '@/lib/promotion/plan-input'

type Linked = { readonly tier: string; readonly workspaceId: string; readonly workspaceName: string }

/** What Fabric says of the project's environments, apart from the target's definitions. Plain JSON, so that a run can keep it. */
export type Facts = {
  readonly environments: readonly KnownEnvironment[]
  readonly pairing: StagePairing | null
  readonly stages: { readonly sourceId: string; readonly targetId: string } | null
}

export type FactsWanted = {
  readonly projectId: string
  readonly target: Tier
  /** The tier that the hop comes from. */
  readonly stageTier: Tier
  readonly deploymentPipelineId: string | null
  readonly configuration: Configuration
}

export async function readFacts(db: Db, fabric: Fabric, wanted: FactsWanted): Promise<Facts> {
  const linked = await db.environment.findMany({ where: { projectId: wanted.projectId } })
  const [capacities, connections] = await Promise.all([listCapacities(fabric), listConnections(fabric)])
  const [environments, stages] = await Promise.all([
    Promise.all(linked.map(one => readEnvironment(fabric, one, capacities, connections, wanted.configuration))),
    wanted.deploymentPipelineId === null ? null : stagesOf(fabric, wanted.deploymentPipelineId, linked, wanted),
  ])
  return { environments, stages: stages?.stages ?? null, pairing: stages?.pairing ?? null }
}

async function readEnvironment(
  fabric: Fabric,
  { tier, workspaceId, workspaceName }: Linked,
  capacities: readonly Capacity[],
  connections: readonly Connection[],
  configuration: Configuration,
): Promise<KnownEnvironment> {
  const [workspace, items] = await Promise.all([getWorkspace(fabric, workspaceId), listItems(fabric, workspaceId)])
  const capacity = capacities.find(one => one.id === workspace.capacityId) ?? null
  const endpoints = capacity?.state === 'Active' ? await listSqlEndpoints(fabric, workspaceId) : new Map()
  const own = items.filter(item => item.type !== 'SQLEndpoint')
  return {
    tier: tierNamed(tier),
    workspaceId,
    workspaceName: workspace.displayName || workspaceName,
    capacity: capacity && { id: capacity.id, displayName: capacity.displayName },
    items: own.map(item => ({
      id: item.id,
      type: item.type,
      name: item.displayName,
      sqlEndpoint: endpoints.get(item.id) ?? null,
    })),
    connections: connectionsOf(tierNamed(tier), connections, configuration),
  }
}

/** The connections that a tier's variables name, by id or by name. */
export function connectionsOf(tier: Tier, connections: readonly Connection[], { variables }: Configuration) {
  const values = variables
    .filter(variable => variable.kind === 'connection')
    .map(variable => valueIn(variable, tier)?.toLowerCase())
  return connections.flatMap(({ id, displayName }) => {
    if (!id) return []
    const isNamed = values.includes(id.toLowerCase()) || values.includes(displayName?.toLowerCase())
    return isNamed ? [{ id, displayName: displayName ?? id }] : []
  })
}

async function stagesOf(fabric: Fabric, pipelineId: string, linked: readonly Linked[], wanted: FactsWanted) {
  const stages = await listStages(fabric, pipelineId)
  const stageOf = (tier: Tier) => {
    const workspaceId = linked.find(one => one.tier === tier)?.workspaceId
    return stages.find(stage => stage.workspaceId === workspaceId && workspaceId !== undefined)
  }
  const source = stageOf(wanted.stageTier)
  const target = stageOf(wanted.target)
  if (source === undefined || target === undefined) return null
  const items = await listStageItems(fabric, pipelineId, target.id)
  const edges = items.flatMap(({ sourceItemId, itemId }) =>
    sourceItemId ? [{ sourceItemId, targetItemId: itemId }] : [],
  )
  return {
    stages: { sourceId: source.id, targetId: target.id },
    pairing: { sourceTier: wanted.stageTier, edges },
  }
}

function tierNamed(name: string): Tier {
  const tier = tiers.find(one => one === name)
  if (tier === undefined) throw new Error(`no tier ${name}`)
  return tier
}

import path from 'node:path'
import { readTree } from '../git/repositories'
import { readFolder } from '../store/files'
import { parseItems } from '../store/git-format'
import { firstItemId, stableId } from '../store/ids'
import type { StageRecord } from '../store/records'
import { loadItems } from './load-items'
import { pairByName } from './pairing'
import type { Simulation } from './simulation'

/** Puts the tenant's first state into an empty store. */
export async function seed(sim: Simulation, tenantDirectory: string): Promise<void> {
  const { tenant, store } = sim
  for (const capacity of tenant.capacities) store.capacities.put(capacity)
  for (const connection of tenant.connections) store.connections.put({ ...connection, offline: false })
  for (const workspace of tenant.workspaces) await seedWorkspace(sim, workspace, tenantDirectory)
  for (const pipeline of tenant.deploymentPipelines) seedPipeline(sim, pipeline)
}

async function seedWorkspace(
  sim: Simulation,
  workspace: Simulation['tenant']['workspaces'][number],
  tenantDirectory: string,
): Promise<void> {
  const { id, displayName, description, capacityId, git } = workspace
  for (const { principalId, principalType, role } of workspace.roleAssignments) {
    sim.store.roles.put({ scope: id, principal: { id: principalId, type: principalType }, role })
  }
  const ownerId = workspace.roleAssignments.find(own => own.role === 'Admin')?.principalId ?? id
  const tree =
    git === null ? null : await readTree(sim.gitDirectory, git.owner, git.repository, git.branch, git.directory)
  sim.store.workspaces.put({
    id,
    displayName,
    description,
    capacityId,
    capacitySettledAt: 0,
    deletedAt: null,
    git:
      git === null
        ? null
        : {
            provider: {
              gitProviderType: 'GitHub',
              ownerName: git.owner,
              repositoryName: git.repository,
              branchName: git.branch,
              directoryName: git.directory,
            },
            initialized: tree !== null,
            head: tree?.commit ?? null,
            lastSyncTime: tree === null ? null : Date.now(),
          },
  })
  if (git !== null) shareGitCredentials(sim, workspace)
  const options = { ownerId, resolve: true, synced: tree !== null }
  if (tree !== null) loadItems(sim, id, parseItems(tree.files), options)
  else if (workspace.itemsFrom !== null) {
    const files = readFolder(path.resolve(tenantDirectory, workspace.itemsFrom))
    loadItems(sim, id, parseItems(files), options)
  }
  settleEndpoints(sim, id)
}

// Git credentials are per caller; the first state gives them to each service principal that may update.
function shareGitCredentials(sim: Simulation, workspace: Simulation['tenant']['workspaces'][number]): void {
  const connectionId = stableId(workspace.id, 'git credentials')
  for (const { principalId } of workspace.roleAssignments.filter(own => own.principalType === 'ServicePrincipal')) {
    sim.store.gitCredentials.put({
      workspaceId: workspace.id,
      principalId,
      source: 'ConfiguredConnection',
      connectionId,
    })
  }
}

/** Endpoints of a first state are long there, under ids that follow from their names. */
export function settleEndpoints(sim: Simulation, workspaceId: string): void {
  const endpoints = sim.store.items.filter(item => item.workspaceId === workspaceId && item.type === 'SQLEndpoint')
  for (const endpoint of endpoints) {
    sim.store.items.remove(endpoint.id)
    sim.store.items.put({
      ...endpoint,
      id: firstItemId(
        workspaceId,
        endpoint.type,
        `${endpoint.displayName}/${sim.store.items.get(endpoint.parentItemId ?? '')?.type}`,
      ),
      readyAt: 0,
    })
  }
}

function seedPipeline(sim: Simulation, pipeline: Simulation['tenant']['deploymentPipelines'][number]): void {
  sim.store.pipelines.put({ id: pipeline.id, displayName: pipeline.displayName, description: '' })
  for (const adminId of pipeline.admins) {
    const isApplication = sim.tenant.applications.some(known => known.objectId === adminId)
    const principal = { id: adminId, type: isApplication ? ('ServicePrincipal' as const) : ('User' as const) }
    sim.store.roles.put({ scope: pipeline.id, principal, role: 'Admin' })
  }
  const stages = pipeline.stages.map(
    (stage, order): StageRecord => sim.store.stages.put({ ...stage, pipelineId: pipeline.id, order, description: '' }),
  )
  for (const [order, stage] of stages.entries()) {
    const next = stages[order + 1]
    if (next !== undefined) pairByName(sim, stage, next)
  }
}

import { z } from 'zod'
import { badRequest } from '../http/api-error'
import { type Call, parameter, type Reply, readJson } from '../http/call'
import { type Route, route } from '../http/router'
import { commitTask } from './git-commit'
import { compare, type ItemChange } from './git-compare'
import { type ConnectedWorkspace, remoteHead, requireCredentials, requireLink } from './git-connection'
import { type UpdatePayload, updateTask } from './git-update'
import { start } from './operations'
import { deployableItems } from './pairing'
import { requireCapacity, requireRole } from './permission'
import type { Context, Simulation } from './simulation'
import { defineTask } from './tasks'

function requireReady(context: Context, call: Call, minimum: 'Contributor' | 'Admin'): ConnectedWorkspace {
  const workspace = requireRole(context, parameter(call, 'workspaceId'), minimum)
  requireCapacity(context.sim, workspace, '')
  const linked = requireLink(context.sim, workspace)
  requireCredentials(context, workspace.id)
  return linked
}

const changeView = ({ source, item, remoteChange, workspaceChange, conflictType }: ItemChange) => ({
  itemMetadata: {
    itemIdentifier: {
      ...(item !== null && item.deletedAt === null && { objectId: item.id }),
      ...((source !== null || item?.synced) && { logicalId: source?.logicalId ?? item?.logicalId }),
    },
    itemType: source?.type ?? item?.type,
    displayName: source?.displayName ?? item?.displayName,
  },
  ...(remoteChange !== null && { remoteChange }),
  ...(workspaceChange !== null && { workspaceChange }),
  conflictType,
})

const statusTask = defineTask<{ workspaceId: string }>('git-status', async (sim, { workspaceId }) => {
  const workspace = sim.store.workspaces.get(workspaceId)
  if (!workspace?.git) throw badRequest('WorkspaceNotConnectedToGit', 'The workspace is not connected to git')
  const remoteCommitHash = await remoteHead(sim, workspace.git)
  const { changes } = await compare(sim, workspaceId, workspace.git, remoteCommitHash)
  return { workspaceHead: workspace.git.head, remoteCommitHash, changes: changes.map(changeView) }
})

function status(context: Context, call: Call): Promise<Reply> {
  const { id, git } = requireReady(context, call, 'Contributor')
  if (!git.initialized) throw badRequest('WorkspaceGitNotInitialized', 'The connection is not initialized')
  return start(context, { task: statusTask, payload: { workspaceId: id }, workspaceId: id, statusAtOnce: 200 })
}

type Strategy = 'None' | 'PreferRemote' | 'PreferWorkspace'

const initializeTask = defineTask<{ workspaceId: string; strategy: Strategy }>(
  'initialize-connection',
  async (sim, { workspaceId, strategy }) => {
    const workspace = sim.store.workspaces.get(workspaceId)
    if (!workspace?.git) throw badRequest('WorkspaceNotConnectedToGit', 'The workspace is not connected to git')
    const remoteCommitHash = await remoteHead(sim, workspace.git)
    const { sources } = await compare(sim, workspaceId, workspace.git, remoteCommitHash)
    const requiredAction = decideAction(sim, workspaceId, sources.length, strategy)
    const head = requiredAction === 'None' ? remoteCommitHash : workspace.git.head
    sim.store.workspaces.put({ ...workspace, git: { ...workspace.git, initialized: true, head } })
    return { requiredAction, workspaceHead: head, remoteCommitHash }
  },
)

function decideAction(sim: Simulation, workspaceId: string, remoteItems: number, strategy: Strategy): string {
  const ownItems = deployableItems(sim, workspaceId).length
  if (ownItems === 0 && remoteItems === 0) return 'None'
  if (ownItems === 0) return 'UpdateFromGit'
  if (remoteItems === 0) return 'CommitToGit'
  if (strategy === 'None') {
    throw badRequest('MissingInitializationPolicy', 'Both sides hold items: an initialization strategy is needed')
  }
  return strategy === 'PreferRemote' ? 'UpdateFromGit' : 'CommitToGit'
}

function initialize(context: Context, call: Call): Promise<Reply> {
  const { id } = requireReady(context, call, 'Admin')
  const schema = z.object({ initializationStrategy: z.enum(['None', 'PreferRemote', 'PreferWorkspace']).optional() })
  const strategy = readJson(call, schema).initializationStrategy ?? 'None'
  const payload = { workspaceId: id, strategy }
  return start(context, { task: initializeTask, payload, workspaceId: id, statusAtOnce: 200 })
}

const updateBody = z.object({
  workspaceHead: z.string().nullish(),
  remoteCommitHash: z.string(),
  conflictResolution: z
    .object({
      conflictResolutionType: z.literal('Workspace'),
      conflictResolutionPolicy: z.enum(['PreferRemote', 'PreferWorkspace']),
    })
    .nullish(),
  options: z.object({ allowOverrideItems: z.boolean().optional() }).nullish(),
})

async function updateFromGit(context: Context, call: Call): Promise<Reply> {
  const { sim, caller } = context
  const { id, git } = requireReady(context, call, 'Contributor')
  if (!git.initialized) throw badRequest('WorkspaceGitNotInitialized', 'The connection is not initialized')
  const input = readJson(call, updateBody)
  requireHead(input.workspaceHead, git.head)
  if (input.remoteCommitHash !== (await remoteHead(sim, git))) {
    throw badRequest('RemoteCommitHashMismatch', 'The commit is not the head of the connected branch')
  }
  const { changes } = await compare(sim, id, git, input.remoteCommitHash)
  if (changes.some(change => change.conflictType === 'Conflict') && !input.conflictResolution) {
    throw badRequest('UnresolvedConflicts', 'There are conflicts and no policy to resolve them')
  }
  if (changes.some(change => change.remoteChange !== null) && !input.options?.allowOverrideItems) {
    throw badRequest('OverrideItemsNotAllowed', 'There are incoming items, and allowOverrideItems is not set')
  }
  const payload: UpdatePayload = {
    workspaceId: id,
    commit: input.remoteCommitHash,
    callerId: caller.id,
    prefersWorkspace: input.conflictResolution?.conflictResolutionPolicy === 'PreferWorkspace',
  }
  return start(context, { task: updateTask, payload, workspaceId: id })
}

function requireHead(given: string | null | undefined, head: string | null): void {
  if ((given ?? null) === head) return
  throw badRequest('WorkspaceHeadMismatch', 'The workspace head has moved on; read the status again')
}

const commitBody = z.object({
  mode: z.enum(['All', 'Selective']),
  workspaceHead: z.string().nullish(),
  comment: z.string().max(300).nullish(),
  items: z.array(z.object({ objectId: z.string().optional(), logicalId: z.string().optional() })).nullish(),
})

function commitToGit(context: Context, call: Call): Promise<Reply> {
  const { id, git } = requireReady(context, call, 'Contributor')
  const { mode, workspaceHead, comment, items } = readJson(call, commitBody)
  requireHead(workspaceHead, git.head)
  const chosen =
    mode === 'All' ? null : (items ?? []).flatMap(own => [own.objectId, own.logicalId].filter(one => one !== undefined))
  const payload = { workspaceId: id, comment: comment ?? 'Committed from the workspace', chosen }
  return start(context, { task: commitTask, payload, workspaceId: id })
}

const base = '/v1/workspaces/{workspaceId}/git'

export const gitSyncRoutes: readonly Route<Context>[] = [
  route('GET', `${base}/status`, status),
  route('POST', `${base}/initializeConnection`, initialize),
  route('POST', `${base}/updateFromGit`, updateFromGit),
  route('POST', `${base}/commitToGit`, commitToGit),
]

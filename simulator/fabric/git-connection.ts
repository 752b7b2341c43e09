import { z } from 'zod'
import { headOf } from '../git/repositories'
import { ApiError, badRequest } from '../http/api-error'
import { type Call, ok, parameter, type Reply, readJson } from '../http/call'
import { type Route, route } from '../http/router'
import type { GitCredentialsRecord, GitLink, WorkspaceRecord } from '../store/records'
import { isUnderWay } from './operations'
import { requireRole } from './permission'
import type { Context, Simulation } from './simulation'
import { zonelessTime } from './time'

const credentialsSchema = z.discriminatedUnion('source', [
  z.object({ source: z.literal('Automatic') }),
  z.object({ source: z.literal('ConfiguredConnection'), connectionId: z.string() }),
  z.object({ source: z.literal('None') }),
])

const connectBody = z.object({
  gitProviderDetails: z
    .object({
      gitProviderType: z.enum(['GitHub', 'AzureDevOps']),
      ownerName: z.string().optional(),
      organizationName: z.string().optional(),
      projectName: z.string().optional(),
      repositoryName: z.string().max(128),
      branchName: z.string().max(250),
      directoryName: z.string().max(256),
    })
    .refine(details => details.gitProviderType !== 'GitHub' || details.ownerName !== undefined, 'ownerName is missing'),
  myGitCredentials: credentialsSchema.optional(),
})

export type ConnectedWorkspace = WorkspaceRecord & { readonly git: GitLink }

/** The link of a workspace that is connected to git and quiet. */
export function requireLink(sim: Simulation, workspace: WorkspaceRecord): ConnectedWorkspace {
  const { git } = workspace
  if (git === null) throw badRequest('WorkspaceNotConnectedToGit', 'The workspace is not connected to git')
  const running = sim.store.operations.find(
    operation =>
      operation.workspaceId === workspace.id &&
      ['update-from-git', 'commit-to-git'].includes(operation.task) &&
      isUnderWay(operation),
  )
  if (running !== undefined) {
    throw badRequest('WorkspacePreviousOperationInProgress', 'A previous operation on the workspace is under way')
  }
  return { ...workspace, git }
}

export const placeOf = ({ provider }: GitLink) => ({
  owner: provider.ownerName ?? provider.organizationName ?? '',
  repository: provider.repositoryName ?? '',
  branch: provider.branchName ?? '',
  directory: provider.directoryName ?? '',
})

/** Commit at the head of the connected branch. */
export async function remoteHead(sim: Simulation, link: GitLink): Promise<string> {
  const { owner, repository, branch } = placeOf(link)
  const head = await headOf(sim.gitDirectory, owner, repository, branch)
  if (head === null)
    throw new ApiError(404, 'GitProviderResourceNotFound', 'The repository or its branch was not found')
  return head
}

async function connect(context: Context, call: Call): Promise<Reply> {
  const { sim, caller } = context
  const workspace = requireRole(context, parameter(call, 'workspaceId'), 'Admin')
  if (workspace.git !== null) throw badRequest('WorkspaceAlreadyConnectedToGit', 'The workspace is connected already')
  if (workspace.capacityId === null)
    throw badRequest('WorkspaceHasNoCapacityAssigned', 'The workspace is on no capacity')
  const { gitProviderDetails, myGitCredentials } = readJson(call, connectBody)
  if (gitProviderDetails.gitProviderType === 'GitHub' || caller.type === 'ServicePrincipal') {
    if (myGitCredentials?.source !== 'ConfiguredConnection') {
      throw badRequest('PrincipalTypeNotSupported', 'Credentials have to come from a configured connection')
    }
  }
  const git: GitLink = { provider: gitProviderDetails, initialized: false, head: null, lastSyncTime: null }
  await remoteHead(sim, git)
  if (myGitCredentials !== undefined) storeCredentials(context, workspace.id, myGitCredentials)
  sim.store.workspaces.put({ ...workspace, git })
  return ok()
}

function disconnect(context: Context, call: Call): Reply {
  const { sim } = context
  const workspace = requireRole(context, parameter(call, 'workspaceId'), 'Admin')
  requireLink(sim, workspace)
  for (const item of sim.store.items.filter(item => item.workspaceId === workspace.id && item.synced !== null)) {
    sim.store.items.put({ ...item, synced: null })
  }
  sim.store.workspaces.put({ ...workspace, git: null })
  return ok()
}

function connection(context: Context, call: Call): Reply {
  const { git } = requireRole(context, parameter(call, 'workspaceId'), 'Contributor')
  if (git === null) {
    return ok({ gitConnectionState: 'NotConnected', gitProviderDetails: null, gitSyncDetails: null })
  }
  return ok({
    gitConnectionState: git.initialized ? 'ConnectedAndInitialized' : 'Connected',
    gitProviderDetails: git.provider,
    gitSyncDetails:
      git.head === null ? null : { head: git.head, lastSyncTime: zonelessTime(git.lastSyncTime ?? Date.now()) },
    gitConnectionType: 'Full',
  })
}

function storeCredentials(
  { sim, caller }: Context,
  workspaceId: string,
  credentials: z.infer<typeof credentialsSchema>,
): GitCredentialsRecord {
  return sim.store.gitCredentials.put({
    workspaceId,
    principalId: caller.id,
    source: credentials.source,
    connectionId: credentials.source === 'ConfiguredConnection' ? credentials.connectionId : null,
  })
}

const credentialsView = (own: GitCredentialsRecord | undefined) => ({
  source: own?.source ?? 'None',
  ...(own?.source === 'ConfiguredConnection' && { connectionId: own.connectionId }),
})

function credentials(context: Context, call: Call): Reply {
  const workspace = requireRole(context, parameter(call, 'workspaceId'), 'Contributor')
  requireLink(context.sim, workspace)
  return ok(credentialsView(context.sim.store.gitCredentials.get(`${workspace.id}/${context.caller.id}`)))
}

function changeCredentials(context: Context, call: Call): Reply {
  const workspace = requireRole(context, parameter(call, 'workspaceId'), 'Contributor')
  const { git } = requireLink(context.sim, workspace)
  const input = readJson(call, credentialsSchema)
  if (input.source === 'Automatic' && (git.provider.gitProviderType === 'GitHub' || context.caller.type !== 'User')) {
    throw badRequest('PrincipalTypeNotSupported', 'Automatic credentials are not supported here')
  }
  return ok(credentialsView(storeCredentials(context, workspace.id, input)))
}

/** Each caller needs credentials of its own. */
export function requireCredentials({ sim, caller }: Context, workspaceId: string): void {
  const own = sim.store.gitCredentials.get(`${workspaceId}/${caller.id}`)
  if (caller.isTenantAdmin || (own !== undefined && own.source !== 'None')) return
  throw badRequest('GitCredentialsNotConfigured', 'The git credentials of the caller are not configured')
}

const base = '/v1/workspaces/{workspaceId}/git'

export const gitConnectionRoutes: readonly Route<Context>[] = [
  route('POST', `${base}/connect`, connect),
  route('POST', `${base}/disconnect`, disconnect),
  route('GET', `${base}/connection`, connection),
  route('GET', `${base}/myGitCredentials`, credentials),
  route('PATCH', `${base}/myGitCredentials`, changeCredentials),
]

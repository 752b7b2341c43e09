import type { Fabric } from './fabric'
import { at } from './http'
import { runOperation } from './operations'
import { parseBody } from './parse'
import { type GitConnection, type GitStatus, gitConnectionSchema, gitStatusResponseSchema } from './schemas'

export async function getGitConnection(fabric: Fabric, workspaceId: string): Promise<GitConnection> {
  const request = { method: 'GET', path: at`/workspaces/${workspaceId}/git/connection` } as const
  return parseBody(gitConnectionSchema, (await fabric.send(request)).body, request)
}

export async function getGitStatus(fabric: Fabric, workspaceId: string): Promise<GitStatus> {
  const request = { method: 'GET', path: at`/workspaces/${workspaceId}/git/status` } as const
  const status = await runOperation(fabric, request, gitStatusResponseSchema)
  return parseBody(gitStatusResponseSchema, status, request)
}

export type UpdateFromGit = {
  /** Null only right after the connection was initialised. */
  readonly workspaceHead: string | null
  readonly remoteCommitHash: string
  /** Which side wins where both changed an item; without it, a conflict stops the update before it starts. */
  readonly onConflict?: 'PreferRemote' | 'PreferWorkspace'
  readonly allowOverrideItems?: boolean
}

/** Brings the workspace to the head of its branch. A stale head (`WorkspaceHeadMismatch`) is thrown: read the status again. */
export async function updateFromGit(fabric: Fabric, workspaceId: string, update: UpdateFromGit): Promise<void> {
  const body = {
    workspaceHead: update.workspaceHead,
    remoteCommitHash: update.remoteCommitHash,
    ...(update.onConflict && {
      conflictResolution: { conflictResolutionType: 'Workspace', conflictResolutionPolicy: update.onConflict },
    }),
    ...(update.allowOverrideItems && { options: { allowOverrideItems: true } }),
  }
  const request = { method: 'POST', path: at`/workspaces/${workspaceId}/git/updateFromGit`, body } as const
  await runOperation(fabric, request, null)
}

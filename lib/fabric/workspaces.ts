import type { Fabric } from './fabric'
import { at } from './http'
import { listAll } from './paging'
import { parseBody } from './parse'
import {
  folderSchema,
  type Workspace,
  type WorkspaceRoleAssignment,
  workspaceRoleAssignmentSchema,
  workspaceSchema,
} from './schemas'

/** The workspaces that the service identity has a role in. */
export const listWorkspaces = (fabric: Fabric): Promise<Workspace[]> =>
  listAll(fabric, workspaceSchema, { path: '/workspaces' })

export async function getWorkspace(fabric: Fabric, workspaceId: string): Promise<Workspace> {
  const request = { method: 'GET', path: at`/workspaces/${workspaceId}` } as const
  return parseBody(workspaceSchema, (await fabric.send(request)).body, request)
}

/** Needs at least the role Member. */
export const listWorkspaceRoleAssignments = (fabric: Fabric, workspaceId: string): Promise<WorkspaceRoleAssignment[]> =>
  listAll(fabric, workspaceRoleAssignmentSchema, { path: at`/workspaces/${workspaceId}/roleAssignments` })

/** The workspace's folders: id → path of names from the root. */
export async function listFolderPaths(fabric: Fabric, workspaceId: string): Promise<Map<string, string>> {
  const folders = await listAll(fabric, folderSchema, {
    path: at`/workspaces/${workspaceId}/folders`,
    query: { recursive: 'true' },
  })
  const byId = new Map(folders.map(folder => [folder.id, folder]))
  const pathOf = (id: string | null | undefined): string => {
    const folder = id ? byId.get(id) : undefined
    return folder === undefined ? '' : [pathOf(folder.parentFolderId), folder.displayName].filter(Boolean).join('/')
  }
  return new Map(folders.map(folder => [folder.id, pathOf(folder.id)]))
}

export async function createFolder(
  fabric: Fabric,
  workspaceId: string,
  folder: { displayName: string; parentFolderId: string | null },
): Promise<string> {
  const body = {
    displayName: folder.displayName,
    ...(folder.parentFolderId && { parentFolderId: folder.parentFolderId }),
  }
  const request = { method: 'POST', path: at`/workspaces/${workspaceId}/folders`, body } as const
  return parseBody(folderSchema, (await fabric.send(request)).body, request).id
}

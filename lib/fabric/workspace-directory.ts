import { env } from '@/lib/env/env'
import type { FabricWorkspace, WorkspaceDirectory } from '@/lib/environment/link'
import { ok, type Result, refuse } from '@/lib/kernel/result'
import { type Fabric, fabricSettings, openFabric } from './fabric'
import { listAll } from './paging'
import { asRefusal } from './refusal'
import { workspaceSchema } from './schemas'

/** Roles by which the service identity can write items. */
const writingRoles = 'Admin,Member,Contributor'

const held = globalThis as { gatehouseAskingFabric?: Fabric }

/** The client for questions that a person waits for: it gives up within seconds. */
export function askingFabric(): Fabric {
  const settings = fabricSettings(env())
  held.gatehouseAskingFabric ??= openFabric({
    ...settings,
    http: { ...settings.http, readMs: 10_000, retryForMs: 3_000 },
  })
  return held.gatehouseAskingFabric
}

export function workspaceDirectory(fabric: Fabric = askingFabric()): WorkspaceDirectory {
  const list = () => listWorkspaces(fabric)
  return {
    list,
    async get(workspaceId) {
      const all = await list()
      if (!all.ok) return all
      const found = all.value.find(workspace => workspace.id.toLowerCase() === workspaceId.toLowerCase())
      if (found) return ok(found)
      const message = `Fabric shows the portal no workspace ${workspaceId}. It does not exist, or the portal's service identity has no role in it.`
      return refuse('not-found', message, { workspaceId })
    },
  }
}

async function listWorkspaces(fabric: Fabric): Promise<Result<readonly FabricWorkspace[]>> {
  const read = (roles?: string) => listAll(fabric, workspaceSchema, { path: '/workspaces', query: { roles } })
  try {
    const [seen, writable] = await Promise.all([read(), read(writingRoles)])
    const writableIds = new Set(writable.map(workspace => workspace.id))
    return ok(
      seen
        .filter(({ type }) => type === 'Workspace' || !type)
        .map(({ id, displayName, capacityId }) => ({
          id,
          name: displayName,
          capacityId: capacityId ?? null,
          isWritable: writableIds.has(id),
        })),
    )
  } catch (cause) {
    return asRefusal(cause)
  }
}

import type { Fabric } from './fabric'
import { at } from './http'
import { parseBody } from './parse'
import { variableLibrarySchema } from './schemas'

/** The value set that readers in the workspace get; item state, never part of a definition. */
export async function getActiveValueSet(
  fabric: Fabric,
  workspaceId: string,
  libraryId: string,
): Promise<string | null> {
  const request = { method: 'GET', path: at`/workspaces/${workspaceId}/variableLibraries/${libraryId}` } as const
  return (
    parseBody(variableLibrarySchema, (await fabric.send(request)).body, request).properties?.activeValueSetName ?? null
  )
}

export async function setActiveValueSet(
  fabric: Fabric,
  workspaceId: string,
  libraryId: string,
  activeValueSetName: string,
): Promise<void> {
  const path = at`/workspaces/${workspaceId}/variableLibraries/${libraryId}`
  await fabric.send({ method: 'PATCH', path, body: { properties: { activeValueSetName } } })
}

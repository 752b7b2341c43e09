import type { ItemRecord, StageRecord } from '../store/records'
import { partsOf } from './item-store'
import { pairOf } from './pairing'
import { mapText, replaceIds } from './references'
import type { Simulation } from './simulation'

/** Which references of a type a deployment binds anew. What is not here keeps pointing at the source. */
const bound: Readonly<Record<string, readonly string[]>> = {
  DataPipeline: ['DataPipeline', 'Notebook', 'Dataflow', 'SQLDatabase', 'Lakehouse'],
  Notebook: ['Environment'],
  CopyJob: ['Lakehouse', 'SQLDatabase'],
  Eventstream: ['Lakehouse', 'Eventhouse', 'KQLDatabase'],
  GraphQLApi: ['Lakehouse', 'Warehouse', 'SQLDatabase', 'SQLEndpoint'],
  KQLDatabase: ['Eventhouse'],
  KQLQueryset: ['KQLDatabase', 'Eventhouse'],
  KQLDashboard: ['KQLDatabase', 'Eventhouse'],
  Lakehouse: ['Lakehouse'],
  Report: ['SemanticModel'],
}

/** The parts of a source item as they arrive in the target stage. */
export function bindParts(
  sim: Simulation,
  item: ItemRecord,
  source: StageRecord,
  target: StageRecord,
): Map<string, Buffer> {
  const parts = partsOf(sim, item)
  const types = bound[item.type]
  if (types === undefined || source.workspaceId === null || target.workspaceId === null) return parts
  const targetOf = (id: string): string | undefined => {
    const referenced = sim.store.items.get(id)
    if (referenced?.workspaceId !== source.workspaceId || !types.includes(referenced.type)) return undefined
    return pairOf(sim, source, id)?.targetItemId
  }
  const names = [source.workspaceId, target.workspaceId].map(id => sim.store.workspaces.get(id)?.displayName ?? '')
  return mapText(parts, (text, path) => {
    const withItems = bindObjects(text, source.workspaceId ?? '', target.workspaceId ?? '', targetOf)
    return path === 'definition.pbir' ? moveDataSource(withItems, names[0] ?? '', names[1] ?? '') : withItems
  })
}

// A workspace id moves along only inside the innermost object in which an item id was bound.
function bindObjects(
  text: string,
  sourceWorkspaceId: string,
  targetWorkspaceId: string,
  targetOf: (id: string) => string | undefined,
): string {
  const withObjects = text.replace(/\{[^{}]*\}/g, object => {
    const rewritten = replaceIds(object, targetOf)
    if (rewritten === object) return object
    return replaceIds(rewritten, id => (id === sourceWorkspaceId ? targetWorkspaceId : undefined))
  })
  return replaceIds(withObjects, targetOf)
}

function moveDataSource(text: string, sourceName: string, targetName: string): string {
  const pattern = /(powerbi:\/\/[^;"/]+\/v1\.0\/myorg\/)([^;"]+)/gi
  return text.replace(pattern, (whole, before: string, name: string) => {
    const isSource = decodeURIComponent(name).toLowerCase() === sourceName.toLowerCase()
    return isSource ? before + (name === encodeURIComponent(name) ? encodeURIComponent(targetName) : targetName) : whole
  })
}

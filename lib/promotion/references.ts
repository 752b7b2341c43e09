import { isPlatformPart, isRecord, partJson, partText } from '@/lib/release/part-text'
import type { SnapshotItem } from '@/lib/release/snapshot'
import { guidsIn, isGuid } from './edit'
import { jsonValues, pathAt, stringMember } from './json-text'
import { logicalIdOf, nameKey } from './pairing'
import { type Resolution, zeroId } from './resolution'
import { documents } from './rewrite/ids'
import { modelPath } from './rewrite/report'

/** For each item the items of the same list that its definition names: by id, by logical id, a model by path, a variable library by name. */
export function itemReferences(items: readonly SnapshotItem[]): ReadonlyMap<SnapshotItem, ReadonlySet<SnapshotItem>> {
  const byId = new Map<string, SnapshotItem>()
  for (const item of items) {
    byId.set(item.objectId.toLowerCase(), item)
    const logicalId = logicalIdOf(item)
    if (logicalId !== null) byId.set(logicalId.toLowerCase(), item)
  }
  const byName = new Map(items.map(item => [nameKey(item), item]))
  return new Map(items.map(item => [item, referencesOf(item, byId, byName)]))
}

function referencesOf(
  item: SnapshotItem,
  byId: ReadonlyMap<string, SnapshotItem>,
  byName: ReadonlyMap<string, SnapshotItem>,
): ReadonlySet<SnapshotItem> {
  const found = new Set<SnapshotItem>()
  const add = (other: SnapshotItem | undefined) => {
    if (other !== undefined && other !== item) found.add(other)
  }
  for (const part of item.parts ?? []) {
    const text = isPlatformPart(part.path) ? null : partText(part)
    if (text === null) continue
    for (const { id } of guidsIn(text)) add(byId.get(id))
    const model = part.path.endsWith('definition.pbir') ? modelPath(text) : null
    if (model !== null) add(byName.get(nameKey({ type: 'SemanticModel', name: model.name })))
    if (item.type === 'DataPipeline')
      for (const name of libraryNames(partJson(part))) add(byName.get(nameKey({ type: 'VariableLibrary', name })))
  }
  return found
}

function libraryNames(pipeline: unknown): string[] {
  const properties = isRecord(pipeline) ? pipeline.properties : undefined
  const variables = isRecord(properties) ? properties.libraryVariables : undefined
  if (!isRecord(variables)) return []
  return Object.values(variables).flatMap(variable =>
    isRecord(variable) && typeof variable.libraryName === 'string' ? [variable.libraryName] : [],
  )
}

export type Dangling = {
  readonly part: string
  readonly place: string
  readonly found: string
  /** True: it points into the release's own workspace, where nothing has that id. False: into a workspace that the project does not know. */
  readonly local: boolean
}

const itemKey =
  /^(notebookId|pipelineId|artifactId|itemId|lakehouseId|warehouseId|environmentId|datasetId|semanticModelId|default_lakehouse|referenceName)$/
const workspaceKeys = ['workspaceId', 'default_lakehouse_workspace_id', 'workspace', 'groupId']

/** References to items that neither the release nor the project's environments know. */
export function danglingReferences(item: SnapshotItem, resolution: Resolution, isKnown: IsKnown): Dangling[] {
  return (item.parts ?? []).flatMap(part => {
    const text = isPlatformPart(part.path) ? null : partText(part)
    if (text === null) return []
    const model = part.path.endsWith('definition.pbir') ? modelPath(text) : null
    if (model !== null && !resolution.models.has(model.name.toLowerCase()))
      return [{ part: part.path, place: '$.datasetReference.byPath.path', found: model.path, local: true }]
    if (guidsIn(text).every(({ id }) => id === zeroId || isKnown(id))) return []
    return documents(part.path, text).flatMap(root =>
      jsonValues(root).flatMap(({ node, key, owner }) => {
        if (node.kind !== 'string' || key === null || !itemKey.test(key)) return []
        if (!isGuid(node.value) || node.value === zeroId || isKnown(node.value)) return []
        const isConnection = key === 'referenceName' && stringMember(owner, 'type')?.value !== 'PipelineReference'
        if (isConnection) return []
        const workspace = workspaceKeys.map(name => stringMember(owner, name)?.value).find(value => value !== undefined)
        const local = workspace === zeroId || (workspace !== undefined && isSource(resolution, workspace))
        const place = pathAt(root, node.start)
        return [{ part: part.path, place, found: node.value, local: local || key === 'referenceName' }]
      }),
    )
  })
}

const isSource = ({ sourceWorkspace }: Resolution, id: string) => sourceWorkspace.id.toLowerCase() === id.toLowerCase()

export type IsKnown = (id: string) => boolean

/** Whether an id means something in the release or in the target. */
export function knownIds({ ids }: Resolution): IsKnown {
  const targets = new Set([...ids.values()].map(id => id.toLowerCase()))
  return id => ids.has(id.toLowerCase()) || targets.has(id.toLowerCase())
}

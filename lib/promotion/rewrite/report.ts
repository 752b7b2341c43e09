import type { Edit } from '../edit'
import { type JsonNode, member, readJson, stringMember } from '../json-text'

export type ModelPath = { readonly name: string; readonly path: string; readonly node: JsonNode }

/** The semantic model that a `definition.pbir` names by its folder; null when it is bound by connection. */
export function modelPath(text: string): ModelPath | null {
  const root = readJson(text)
  const node = member(root, 'datasetReference', 'byPath')
  const path = stringMember(node, 'path')
  if (node === null || path === null) return null
  const folder =
    path.value
      .replace(/[\\/]+$/, '')
      .split(/[\\/]/)
      .pop() ?? ''
  return { name: folder.replace(/\.SemanticModel$/i, ''), path: path.value, node }
}

/**
 * `definition.pbir`: Fabric accepts a model by path from git only, not through the API, so `byPath` becomes `byConnection` with the id that
 * the model has in the target. From version 2.0.0 of the schema on the connection string holds nothing but the model's id; before it, the
 * five fields of the XMLA connection are written, as Power BI Desktop does. A report already bound by connection keeps its shape.
 */
export function reportEdits(text: string, models: ReadonlyMap<string, string>): Edit[] {
  const bound = modelPath(text)
  const modelId = bound === null ? undefined : models.get(bound.name.toLowerCase())
  if (bound === null || modelId === undefined) return []
  const reference = member(readJson(text), 'datasetReference')
  if (reference?.kind !== 'object') return []
  const byPath = reference.members.find(one => one.key === 'byPath')
  if (byPath === undefined) return []
  const others = reference.members.filter(one => one.key === 'byConnection')
  const connection = JSON.stringify(connectionTo(modelId, text), null, 2).replaceAll(
    '\n',
    `\n${indentAt(text, byPath.start)}`,
  )
  const written = `"byConnection": ${connection}`
  if (others.length > 0) return [{ start: reference.start, end: reference.end, text: `{ ${written} }`, rule: null }]
  return [{ start: byPath.start, end: byPath.value.end, text: written, rule: null }]
}

function connectionTo(modelId: string, text: string) {
  const schema = stringMember(readJson(text), '$schema')?.value ?? ''
  const major = Number(/definitionProperties\/(\d+)\./.exec(schema)?.[1] ?? '1')
  if (major >= 2) return { connectionString: `semanticmodelid=${modelId}` }
  return {
    connectionString: null,
    pbiServiceModelId: null,
    pbiModelVirtualServerName: 'sobe_wowvirtualserver',
    pbiModelDatabaseName: modelId,
    name: 'EntityDataSource',
    connectionType: 'pbiServiceXmlaStyleLive',
  }
}

function indentAt(text: string, position: number): string {
  const line = text.slice(text.lastIndexOf('\n', position - 1) + 1, position)
  return /^[ \t]*/.exec(line)?.[0] ?? ''
}

import { entryChanges, entrySentences } from './diff-entries'
import { bimOutline } from './model-bim'
import { type ModelObject, tmdlOutline } from './model-tmdl'
import { partJson, partText } from './part-text'
import type { Part } from './snapshot'

export type ModelChange = { readonly sentences: readonly string[]; readonly reloadsData: boolean }

const nouns: Readonly<Record<ModelObject['kind'], string>> = {
  table: 'table',
  column: 'column',
  measure: 'measure',
  relationship: 'relationship',
  expression: 'parameter or query',
  partition: 'data source of',
  role: 'role',
}

/** Tables, columns, measures, relationships… added, changed, removed. A changed data type or a partition that goes makes data load anew. */
export function modelChange(before: readonly Part[], after: readonly Part[]): ModelChange {
  const [old, now] = [outlineOf(before), outlineOf(after)]
  const sentences: string[] = []
  for (const kind of Object.keys(nouns) as ModelObject['kind'][]) {
    const changes = entryChanges(bodies(old, kind), bodies(now, kind))
    const inTable = (label: string) => {
      const table = label.includes('[') ? label.slice(0, label.indexOf('[')) : null
      const isWhole = (tables: typeof old) =>
        table !== null && !tables.some(one => one.kind === 'table' && one.label === table)
      return isWhole(old) || isWhole(now)
    }
    const parts = {
      ...changes,
      added: changes.added.filter(one => !inTable(one)),
      removed: changes.removed.filter(one => !inTable(one)),
    }
    const plural =
      kind === 'expression' ? 'parameters or queries' : kind === 'partition' ? 'data sources of' : undefined
    sentences.push(...entrySentences(nouns[kind], parts, plural))
  }
  const retyped = typeChanges(old, now)
  const lost = entryChanges(bodies(old, 'partition'), bodies(now, 'partition')).removed
  return { sentences: [...sentences, ...retyped], reloadsData: retyped.length > 0 || lost.length > 0 }
}

export const isModelFile = (path: string): boolean => /\.(tmdl|bim)$/i.test(path) && !/(^|\/)cultures\//.test(path)

const bodies = (outline: readonly ModelObject[], kind: ModelObject['kind']) =>
  new Map(outline.filter(one => one.kind === kind).map(one => [one.label, one.body]))

function typeChanges(old: readonly ModelObject[], now: readonly ModelObject[]): string[] {
  const before = new Map(old.map(one => [one.label, one.dataType]))
  return now.flatMap(({ kind, label, dataType }) => {
    const previous = before.get(label) ?? null
    if (kind !== 'column' || previous === null || dataType === null || previous === dataType) return []
    return [`the data type of ${label} goes from ${previous} to ${dataType}`]
  })
}

function outlineOf(parts: readonly Part[]): ModelObject[] {
  return parts.flatMap(part => {
    if (/\.bim$/i.test(part.path)) return bimOutline(partJson(part))
    return /\.tmdl$/i.test(part.path) ? tmdlOutline(partText(part) ?? '') : []
  })
}

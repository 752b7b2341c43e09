import { canonicalJson } from '@/lib/kernel/digest'
import type { ModelObject } from './model-tmdl'
import { isRecord } from './part-text'

const tableParts = [
  ['columns', 'column'],
  ['measures', 'measure'],
  ['partitions', 'partition'],
] as const

/** The objects of a model in one `model.bim`. */
export function bimOutline(bim: unknown): ModelObject[] {
  const model = isRecord(bim) && isRecord(bim.model) ? bim.model : {}
  const tables = listOf(model, 'tables').flatMap(table => {
    const name = nameOf(table)
    const inside = tableParts.flatMap(([key, kind]) =>
      listOf(table, key).map(one => object(kind, `${name}[${nameOf(one)}]`, one)),
    )
    const own = Object.fromEntries(Object.entries(table).filter(([key]) => !tableParts.some(([part]) => part === key)))
    return [object('table', name, own), ...inside]
  })
  const relationships = listOf(model, 'relationships').map(one =>
    object('relationship', `${one.fromTable}.${one.fromColumn} to ${one.toTable}.${one.toColumn}`, one),
  )
  const expressions = listOf(model, 'expressions').map(one => object('expression', nameOf(one), one))
  const roles = listOf(model, 'roles').map(one => object('role', nameOf(one), one))
  return [...tables, ...relationships, ...expressions, ...roles]
}

function object(kind: ModelObject['kind'], label: string, value: Record<string, unknown>): ModelObject {
  const { lineageTag: _, annotations: __, ...meaning } = value
  return {
    kind,
    label,
    body: canonicalJson(meaning),
    dataType: typeof value.dataType === 'string' ? value.dataType : null,
  }
}

function listOf(value: Record<string, unknown>, key: string): Record<string, unknown>[] {
  const list = value[key]
  return Array.isArray(list) ? list.filter(isRecord) : []
}

const nameOf = (value: Record<string, unknown>): string => (typeof value.name === 'string' ? value.name : '?')

import { canonicalJson } from '@/lib/kernel/digest'
import { type Entries, entryChanges, entrySentences } from './diff-entries'
import { isRecord, partJson } from './part-text'
import type { Part } from './snapshot'

/** Activities of a data pipeline, nested ones too, and its parameters. */
export function pipelineSentences(before: readonly Part[], after: readonly Part[]): string[] {
  const [old, now] = [propertiesOf(before), propertiesOf(after)]
  return [
    ...entrySentences('activity', entryChanges(activitiesOf(old), activitiesOf(now)), 'activities'),
    ...entrySentences('parameter', entryChanges(valuesOf(old.parameters), valuesOf(now.parameters))),
    ...entrySentences('variable', entryChanges(valuesOf(old.variables), valuesOf(now.variables))),
  ]
}

export const isPipelineContent = (path: string): boolean => path.endsWith('pipeline-content.json')

function propertiesOf(parts: readonly Part[]): Record<string, unknown> {
  const part = parts.find(one => isPipelineContent(one.path))
  const value = part === undefined ? undefined : partJson(part)
  return isRecord(value) && isRecord(value.properties) ? value.properties : {}
}

function activitiesOf(properties: Record<string, unknown>): Entries {
  const found = new Map<string, string>()
  const own = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(own).filter(one => one !== undefined)
    if (!isRecord(value)) return value
    const kept = Object.fromEntries(Object.entries(value).map(([key, child]) => [key, own(child)]))
    if (!isActivity(value)) return kept
    found.set(value.name, canonicalJson(kept))
    return undefined
  }
  own(properties.activities ?? [])
  return found
}

const isActivity = (value: Record<string, unknown>): value is Record<string, unknown> & { name: string } =>
  typeof value.name === 'string' &&
  typeof value.type === 'string' &&
  isRecord(value.typeProperties) &&
  'dependsOn' in value

const valuesOf = (value: unknown): Entries =>
  new Map(isRecord(value) ? Object.entries(value).map(([name, one]) => [name, canonicalJson(one)]) : [])

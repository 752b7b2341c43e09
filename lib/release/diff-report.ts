import { canonicalJson } from '@/lib/kernel/digest'
import { counted, type Entries, entryChanges } from './diff-entries'
import { isRecord, partJson } from './part-text'
import type { Part } from './snapshot'

type Page = { readonly title: string; readonly own: string; readonly visuals: Entries }

/** Pages added, removed, renamed; visuals added, removed, changed. Reads reports in PBIR form (a file per visual) and in one `report.json`. */
export function reportSentences(before: readonly Part[], after: readonly Part[]): string[] {
  const [old, now] = [pagesOf(before), pagesOf(after)]
  const sentences: string[] = []
  const visuals = { added: 0, removed: 0, changed: 0 }
  for (const [key, page] of now) {
    const previous = old.get(key)
    if (previous === undefined) sentences.push(`page ${page.title} added`)
    else {
      if (previous.title !== page.title) sentences.push(`page ${previous.title} renamed to ${page.title}`)
      else if (previous.own !== page.own) sentences.push(`page ${page.title} changed`)
      const changes = entryChanges(previous.visuals, page.visuals)
      visuals.added += changes.added.length
      visuals.removed += changes.removed.length
      visuals.changed += changes.changed.length
    }
  }
  for (const [key, page] of old) if (!now.has(key)) sentences.push(`page ${page.title} removed`)
  return [
    ...sentences,
    ...counted(visuals.added, 'visual', 'added'),
    ...counted(visuals.changed, 'visual', 'changed'),
    ...counted(visuals.removed, 'visual', 'removed'),
  ]
}

/** Files whose changes `reportSentences` tells. */
export const isReportPage = (path: string): boolean => /(^|\/)pages\/[^/]+\/|(^|\/)pages\.json$/.test(path)

function pagesOf(parts: readonly Part[]): ReadonlyMap<string, Page> {
  const single = parts.find(part => part.path === 'report.json')
  return single === undefined ? filePages(parts) : sectionPages(partJson(single))
}

function filePages(parts: readonly Part[]): ReadonlyMap<string, Page> {
  const pages = new Map<string, Page>()
  for (const part of parts) {
    const key = /pages\/([^/]+)\/page\.json$/.exec(part.path)?.[1]
    if (key === undefined) continue
    const value = partJson(part)
    const prefix = part.path.slice(0, -'page.json'.length)
    const visuals = parts.filter(one => one.path.startsWith(`${prefix}visuals/`))
    pages.set(key, {
      title: textOf(value, 'displayName') ?? key,
      own: canonicalJson(value),
      visuals: new Map(visuals.map(one => [one.path, canonicalJson(partJson(one))])),
    })
  }
  return pages
}

function sectionPages(report: unknown): ReadonlyMap<string, Page> {
  const sections = isRecord(report) && Array.isArray(report.sections) ? report.sections.filter(isRecord) : []
  return new Map(
    sections.map((section, index) => {
      const { visualContainers, displayName, ordinal: _, ...own } = section
      const containers = Array.isArray(visualContainers) ? visualContainers : []
      const page: Page = {
        title: typeof displayName === 'string' ? displayName : `${index + 1}`,
        own: canonicalJson(own),
        visuals: new Map(containers.map((visual, place) => [visualName(visual) ?? `${place}`, canonicalJson(visual)])),
      }
      return [textOf(section, 'name') ?? `${index}`, page]
    }),
  )
}

function visualName(visual: unknown): string | null {
  const config = textOf(visual, 'config')
  return config === null ? null : (/"name"\s*:\s*"([^"]+)"/.exec(config)?.[1] ?? null)
}

const textOf = (value: unknown, key: string): string | null => {
  const found = isRecord(value) ? value[key] : undefined
  return typeof found === 'string' ? found : null
}

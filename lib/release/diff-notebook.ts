import { diffArrays } from 'diff'
import { canonicalJson } from '@/lib/kernel/digest'
import { counted } from './diff-entries'
import { isRecord, partJson, partText } from './part-text'
import type { Part } from './snapshot'

type Notebook = { readonly cells: readonly string[]; readonly settings: string; readonly lakehouse: string | null }

/** Cells added, changed, removed; another default lakehouse; other settings. */
export function notebookSentences(before: readonly Part[], after: readonly Part[]): string[] {
  const [old, now] = [notebookOf(before), notebookOf(after)]
  const cells = cellChanges(old.cells, now.cells)
  const lakehouse = old.lakehouse === now.lakehouse ? [] : ['default lakehouse changed']
  const settings = lakehouse.length === 0 && old.settings !== now.settings ? ['settings changed'] : []
  return [
    ...counted(cells.added, 'cell', 'added'),
    ...counted(cells.changed, 'cell', 'changed'),
    ...counted(cells.removed, 'cell', 'removed'),
    ...lakehouse,
    ...settings,
  ]
}

export const isNotebookContent = (path: string): boolean => /(^|\/)notebook-content\.(py|sql|scala|r|ipynb)$/.test(path)

function cellChanges(old: readonly string[], now: readonly string[]) {
  const total = { added: 0, changed: 0, removed: 0 }
  let removed = 0
  for (const run of diffArrays([...old], [...now])) {
    if (run.removed) {
      removed = run.value.length
      total.removed += removed
    } else if (run.added) {
      const changed = Math.min(removed, run.value.length)
      total.changed += changed
      total.removed -= changed
      total.added += run.value.length - changed
      removed = 0
    } else removed = 0
  }
  return total
}

function notebookOf(parts: readonly Part[]): Notebook {
  const part = parts.find(one => isNotebookContent(one.path))
  if (part === undefined) return { cells: [], settings: '', lakehouse: null }
  return part.path.endsWith('.ipynb') ? fromDocument(partJson(part)) : fromSource(partText(part) ?? '')
}

function fromDocument(document: unknown): Notebook {
  const { cells, metadata } = isRecord(document) ? document : {}
  const settings = canonicalJson(metadata ?? {})
  const sources = Array.isArray(cells) ? cells.filter(isRecord).map(cell => canonicalJson(cell.source ?? '')) : []
  return { cells: sources, settings, lakehouse: defaultLakehouse(settings) }
}

const marker = /^(?:#|--|\/\/) (CELL|MARKDOWN|METADATA|PARAMETERS CELL) \*{4,}$/
const metaLine = /^(?:#|--|\/\/) META ?/

function fromSource(text: string): Notebook {
  const cells: string[] = []
  const settings: string[] = []
  let cell: string[] | null = null
  const close = () => {
    if (cell !== null) cells.push(cell.join('\n').trim())
    cell = null
  }
  for (const line of text.split(/\r?\n/)) {
    const kind = marker.exec(line)?.[1]
    if (kind !== undefined) {
      close()
      if (kind !== 'METADATA') cell = []
    } else if (!metaLine.test(line)) cell?.push(line)
    else if (cells.length === 0) settings.push(line.replace(metaLine, '').trim())
  }
  close()
  const joined = settings.join('')
  return { cells, settings: joined, lakehouse: defaultLakehouse(joined) }
}

const defaultLakehouse = (settings: string) => /"default_lakehouse":\s*"([^"]*)"/.exec(settings)?.[1] ?? null

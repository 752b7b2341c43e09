import { counted } from './diff-entries'
import { environmentSentences, isEnvironmentContent, isLibraryContent, variableLibrarySentences } from './diff-library'
import { isModelFile, modelChange } from './diff-model'
import { isNotebookContent, notebookSentences } from './diff-notebook'
import { isPipelineContent, pipelineSentences } from './diff-pipeline'
import { isReportPage, reportSentences } from './diff-report'
import { publishRank } from './item-types'
import { isPlatformPart, isSameContent } from './part-text'
import type { Part, Snapshot, SnapshotItem } from './snapshot'

export type FileChange = { readonly path: string; readonly change: 'added' | 'removed' | 'changed' }

/** `sentences` say in plain words what changed; `files` are the parts behind them. */
export type ContentChange = {
  readonly sentences: readonly string[]
  readonly files: readonly FileChange[]
  /** The item's data has to be loaded again afterwards. */
  readonly reloadsData: boolean
}

export type ItemChange = ContentChange & {
  readonly type: string
  readonly name: string
  readonly objectId: string
  readonly change: 'added' | 'removed' | 'changed'
}

/** What differs between two snapshots, item by item; without a first one, everything is added. */
export function diffSnapshots(before: Snapshot | null, after: Snapshot): ItemChange[] {
  const previous = before?.items ?? []
  const byId = new Map(before?.workspaceId === after.workspaceId ? previous.map(item => [item.objectId, item]) : [])
  const byName = new Map(previous.map(item => [keyOf(item), item]))
  const left = new Set(previous)
  const changes: ItemChange[] = []
  const named = ({ type, name, objectId }: SnapshotItem) => ({ type, name, objectId })
  for (const item of after.items) {
    const old = byId.get(item.objectId) ?? byName.get(keyOf(item))
    if (old === undefined || !left.delete(old))
      changes.push({ ...named(item), change: 'added', ...whole(item, 'added') })
    else {
      const content = contentChange(old, item)
      if (content.sentences.length > 0) changes.push({ ...named(item), change: 'changed', ...content })
    }
  }
  for (const item of left) changes.push({ ...named(item), change: 'removed', ...whole(item, 'removed') })
  return changes.sort((a, b) => publishRank(a.type) - publishRank(b.type) || compare(a.name, b.name))
}

/** `Report Claims overview: page Reserves added, 2 visuals changed`. */
export const changeSentence = ({ type, name, sentences }: ItemChange): string =>
  `${type} ${name}: ${sentences.join(', ')}`

/** What differs between two states of one item. */
export function contentChange(before: SnapshotItem, after: SnapshotItem): ContentChange {
  const files = fileChanges(before.parts ?? [], after.parts ?? [])
  const own = [
    ...(before.name === after.name ? [] : [`renamed from ${before.name}`]),
    ...(before.description === after.description ? [] : ['description changed']),
    ...(before.folder === after.folder
      ? []
      : [`moved to ${after.folder === '' ? 'the root folder' : `folder ${after.folder}`}`]),
  ]
  if (files.length === 0) return { sentences: own, files, reloadsData: false }
  const told = tell(after.type, before.parts ?? [], after.parts ?? [])
  const rest = files.filter(file => told.sentences.length === 0 || !told.covers(file.path))
  const others = told.sentences.length === 0 ? '' : 'other '
  return {
    sentences: [...own, ...told.sentences, ...counted(rest.length, `${others}file`, 'changed')],
    files,
    reloadsData: told.reloadsData,
  }
}

type Told = {
  readonly sentences: readonly string[]
  readonly covers: (path: string) => boolean
  readonly reloadsData: boolean
}
type Teller = (before: readonly Part[], after: readonly Part[]) => readonly string[]

const tellers: Readonly<Record<string, readonly [Teller, (path: string) => boolean]>> = {
  Report: [reportSentences, path => isReportPage(path) || path === 'report.json'],
  Notebook: [notebookSentences, isNotebookContent],
  DataPipeline: [pipelineSentences, isPipelineContent],
  VariableLibrary: [variableLibrarySentences, isLibraryContent],
  Environment: [environmentSentences, isEnvironmentContent],
}

function tell(type: string, before: readonly Part[], after: readonly Part[]): Told {
  if (type === 'SemanticModel') return { ...modelChange(before, after), covers: isModelFile }
  const [sentencesOf, covers] = tellers[type] ?? [() => [], () => false]
  return { sentences: sentencesOf(before, after), covers, reloadsData: false }
}

/** The parts that differ in what they say; `.platform` is told by name and description. */
export function fileChanges(before: readonly Part[], after: readonly Part[]): FileChange[] {
  const old = new Map(before.filter(isContent).map(part => [part.path, part]))
  const changes: FileChange[] = []
  for (const part of after.filter(isContent)) {
    const previous = old.get(part.path)
    old.delete(part.path)
    if (previous === undefined) changes.push({ path: part.path, change: 'added' })
    else if (!isSameContent(previous, part)) changes.push({ path: part.path, change: 'changed' })
  }
  for (const path of old.keys()) changes.push({ path, change: 'removed' })
  return changes
}

const isContent = (part: Part) => !isPlatformPart(part.path)

function whole(item: SnapshotItem, change: 'added' | 'removed'): ContentChange {
  const files = (item.parts ?? []).map(part => ({ path: part.path, change }))
  return { sentences: [change], files, reloadsData: false }
}

const keyOf = (item: SnapshotItem) => `${item.type}/${item.name}`.toLowerCase()
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

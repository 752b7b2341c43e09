import type { ItemRecord, PartRecord } from '../store/records'
import { storeParts } from './item-store'
import type { Simulation } from './simulation'

type Cell = { readonly cell_type: string; readonly source: readonly string[]; readonly metadata: object }

/** The parts of a notebook with its source turned into an ipynb part. */
export function toNotebookJson(sim: Simulation, item: ItemRecord): readonly PartRecord[] {
  const source = item.parts.find(part => part.path.startsWith('notebook-content.') && !part.path.endsWith('.ipynb'))
  if (source === undefined) return item.parts
  const notebook = notebookJson(sim.store.blobs.get(source.hash).toString('utf8'))
  const converted = storeParts(sim, [['notebook-content.ipynb', Buffer.from(JSON.stringify(notebook, null, 2))]])
  return [...converted, ...item.parts.filter(part => part !== source)]
}

function notebookJson(text: string) {
  const blocks = text.split(/^(?:#|--|\/\/) (METADATA|CELL|MARKDOWN|PARAMETERS CELL) \*+\r?\n/m).slice(1)
  let metadata: object = {}
  const cells: Cell[] = []
  for (let index = 0; index < blocks.length; index += 2) {
    const kind = blocks[index]
    const body = blocks[index + 1] ?? ''
    const last = cells.at(-1)
    if (kind !== 'METADATA') {
      cells.push({ cell_type: kind === 'MARKDOWN' ? 'markdown' : 'code', source: lines(body), metadata: {} })
    } else if (last === undefined) metadata = readMeta(body)
    else cells[cells.length - 1] = { ...last, metadata: readMeta(body) }
  }
  return { nbformat: 4, nbformat_minor: 5, metadata, cells: cells.map(withOutputs) }
}

const withOutputs = (cell: Cell): object =>
  cell.cell_type === 'code' ? { ...cell, outputs: [], execution_count: null } : cell

const lines = (body: string): string[] => body.trim().split(/(?<=\n)/)

function readMeta(body: string): object {
  const json = body.replace(/^(?:#|--|\/\/) META ?/gm, '')
  try {
    return JSON.parse(json) as object
  } catch {
    return {}
  }
}

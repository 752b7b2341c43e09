import { createHash } from 'node:crypto'

/** A row as it is stored, or as it was exported. */
export type ChainRow = {
  readonly sequence: number
  readonly text: string
  readonly previous: string
  readonly hash: string
  /** Columns that repeat what the text says; compared with it when given. */
  readonly action?: string
  readonly actor?: string
  readonly projectId?: string | null
  readonly ticketId?: string | null
}

/** A hash that was noted elsewhere, at some sequence: the head of the log on that day. */
export type Anchor = { readonly sequence: number; readonly hash: string }

export type ChainVerdict =
  | { readonly whole: true; readonly entries: number; readonly head: string }
  | { readonly whole: false; readonly sequence: number; readonly because: string }

export const genesis = '0'.repeat(64)

export const hashOf = (previous: string, text: string): string =>
  createHash('sha256').update(`${previous}\n${text}`).digest('hex')

/**
 * Walks the whole log in order and recomputes each hash over the stored text. A chain alone cannot show that its end was cut off: `anchors`
 * (the head kept in another table, one noted or exported earlier) do.
 */
export async function verifyChain(
  rows: Iterable<ChainRow> | AsyncIterable<ChainRow>,
  anchors: readonly Anchor[] = [],
): Promise<ChainVerdict> {
  let head: Anchor = { sequence: 0, hash: genesis }
  const open = new Map(anchors.filter(one => one.sequence > 0).map(anchor => [anchor.sequence, anchor.hash]))
  for await (const row of rows) {
    const because = faultOf(row, head)
    if (because) return { whole: false, sequence: head.sequence + 1, because }
    head = { sequence: row.sequence, hash: row.hash }
    const noted = open.get(row.sequence)
    if (noted !== undefined && noted !== row.hash) return rewritten(row.sequence)
    open.delete(row.sequence)
  }
  const missing = [...open.keys()].sort((a, b) => a - b)[0]
  if (missing !== undefined)
    return {
      whole: false,
      sequence: head.sequence + 1,
      because: `the log ends at ${head.sequence}, and entry ${missing} was there before`,
    }
  const beyond = anchors.some(anchor => anchor.sequence === 0 && head.sequence > 0)
  if (beyond) return { whole: false, sequence: 1, because: 'the head says that the log is empty' }
  return { whole: true, entries: head.sequence, head: head.hash }
}

const rewritten = (sequence: number): ChainVerdict => ({
  whole: false,
  sequence,
  because: 'its hash is not the one that was noted for it: entries up to here were rewritten',
})

function faultOf(row: ChainRow, before: Anchor): string | null {
  if (row.sequence !== before.sequence + 1) return `entry ${row.sequence} stands in its place`
  if (row.previous !== before.hash) return 'it does not follow from the entry before it'
  if (row.hash !== hashOf(row.previous, row.text)) return 'its text is not what was hashed'
  const said = parsed(row.text)
  if (!said || said.sequence !== row.sequence) return 'its text is of another entry'
  const columns = [
    ['action', row.action, said.action],
    ['actor', row.actor, said.actor],
    ['project', row.projectId, said.project],
    ['ticket', row.ticketId, said.ticket],
  ] as const
  const differing = columns.find(([, column, text]) => column !== undefined && column !== text)
  return differing ? `its column “${differing[0]}” says something else than its text` : null
}

function parsed(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null
  } catch {
    return null
  }
}

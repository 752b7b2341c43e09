import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ChainRow, genesis, hashOf, verifyChain } from './verify'

function chain(count: number): ChainRow[] {
  const rows: ChainRow[] = []
  for (let sequence = 1; sequence <= count; sequence += 1) {
    const text = JSON.stringify({ sequence, action: 'task.done', actor: 'Ada', project: null, ticket: null })
    const previous = rows.at(-1)?.hash ?? genesis
    rows.push({ sequence, text, previous, hash: hashOf(previous, text), action: 'task.done', actor: 'Ada' })
  }
  return rows
}
const headOf = (rows: readonly ChainRow[]) => {
  const last = rows.at(-1)
  return last ? [{ sequence: last.sequence, hash: last.hash }] : []
}

describe('the chain of the audit log', () => {
  const rows = chain(6)
  const head = headOf(rows)
  const change = (index: number, to: Partial<ChainRow>) =>
    rows.map((row, at) => (at === index ? { ...row, ...to } : row))

  it('is whole as it was written, and when it is empty', async () => {
    expect(await verifyChain(rows, head)).toEqual({ whole: true, entries: 6, head: rows[5]?.hash })
    expect(await verifyChain([], [{ sequence: 0, hash: genesis }])).toEqual({ whole: true, entries: 0, head: genesis })
  })

  const tampered: [string, ChainRow[], number][] = [
    ['a text was changed', change(2, { text: rows[2]?.text.replace('Ada', 'Bo') ?? '' }), 3],
    ['a column was changed', change(2, { actor: 'Bo' }), 3],
    ['the first was deleted', rows.slice(1), 1],
    ['one in the middle was deleted', rows.filter(row => row.sequence !== 4), 4],
    ['two were swapped', [0, 2, 1, 3, 4, 5].flatMap(index => rows[index] ?? []), 2],
    ['the last two were deleted', rows.slice(0, 4), 5],
    ['all were deleted', [], 1],
  ]
  it.each(tampered)('is broken when %s', async (_, broken, sequence) => {
    expect(await verifyChain(broken, head)).toMatchObject({ whole: false, sequence })
  })

  it('shows a log that was written anew, when an earlier head was noted', async () => {
    const anew = chain(6).map(row => ({ ...row }))
    let previous = genesis
    for (const row of anew as { text: string; previous: string; hash: string; actor?: string }[]) {
      row.text = row.text.replace('Ada', 'Bo')
      row.actor = 'Bo'
      row.previous = previous
      previous = row.hash = hashOf(previous, row.text)
    }
    expect(await verifyChain(anew, headOf(anew))).toMatchObject({ whole: true })
    const noted = { sequence: 3, hash: rows[2]?.hash ?? '' }
    expect(await verifyChain(anew, [...headOf(anew), noted])).toMatchObject({ whole: false, sequence: 3 })
  })

  it('is broken by any change of any byte of any text', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(5),
        fc.nat(40),
        fc.string({ minLength: 1, maxLength: 1 }),
        async (index, at, character) => {
          const text = rows[index]?.text ?? ''
          const changed = text.slice(0, at) + character + text.slice(at + 1)
          fc.pre(changed !== text)
          expect(await verifyChain(change(index, { text: changed }), head)).toMatchObject({ sequence: index + 1 })
        },
      ),
    )
  })
})

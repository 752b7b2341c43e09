import { describe, expect, it } from 'vitest'
import { type AnyStatus, statusLook, statusTable, statusWord } from './status-table'

const kinds = Object.entries(statusTable).map(([kind, values]) => ({
  kind,
  statuses: Object.keys(values).map(value => ({ kind, value }) as AnyStatus),
}))

describe.each(kinds)('statuses of a $kind', ({ statuses }) => {
  it('have a word of their own each', () => {
    const words = statuses.map(status => statusWord(status, 2))
    expect(new Set(words).size).toBe(words.length)
    expect(words.every(word => /^[A-Z0-9]/.test(word))).toBe(true)
  })

  it('that end badly differ in shape, so that colour is not needed', () => {
    const shapes = statuses
      .filter(({ value }) => ['failed', 'errored', 'partial'].includes(value))
      .map(s => statusLook(s).shape)
    expect(new Set(shapes).size).toBe(shapes.length)
  })
})

it('counts in words', () => {
  expect(statusWord({ kind: 'ticket', value: 'waiting' }, 1)).toBe('Waiting for 1 criterion')
  expect(statusWord({ kind: 'ticket', value: 'waiting' }, 2)).toBe('Waiting for 2 criteria')
  expect(statusWord({ kind: 'environment', value: 'behind' })).toBe('Behind')
  expect(statusWord({ kind: 'environment', value: 'behind' }, 1)).toBe('1 release behind')
})

it('keeps red for errors: a refusal is not one', () => {
  expect(statusLook({ kind: 'vote', value: 'refused' }).tone).toBe('attention')
  expect(statusLook({ kind: 'ticket', value: 'cancelled' }).tone).toBe('neutral')
})

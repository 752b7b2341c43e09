import { describe, expect, it } from 'vitest'
import type { AuditLine } from '@/lib/audit/queries'
import { chaptersOf, daysOf } from './story'

const line = (sequence: number, minor: boolean, at = '2026-11-25T10:00:00Z'): AuditLine => ({
  ...{ sequence, minor, at: new Date(at), actor: 'Ada', action: 'task.done', sentence: `S${sequence}.` },
  ...{ quotation: null, tone: 'plain', hash: '', project: null, ticket: null },
})
const now = new Date('2026-11-25T12:00:00Z')

describe('the story of a ticket', () => {
  it('folds the steps of the machine under what came before, and keeps the order', () => {
    const chapters = chaptersOf([line(1, false), line(2, true), line(3, true), line(4, false)])
    expect(chapters.map(one => [one.line.sequence, one.steps.map(step => step.sequence)])).toEqual([
      [1, [2, 3]],
      [4, []],
    ])
  })

  it('loses no step that comes first', () => {
    expect(chaptersOf([line(1, true), line(2, true)]).map(one => one.steps.length)).toEqual([1])
  })

  it('begins a day at midnight of the stated zone', () => {
    const chapters = chaptersOf([line(1, false, '2026-11-24T22:30:00Z'), line(2, false, '2026-11-24T23:30:00Z')])
    expect(daysOf(chapters, now, 'Europe/Oslo').map(one => one.day)).toEqual(['Tue 24 Nov', 'Wed 25 Nov'])
    expect(daysOf(chapters, now, 'UTC').map(one => one.day)).toEqual(['Tue 24 Nov'])
  })
})

import { describe, expect, it } from 'vitest'
import { dayWords, durationWords, exactTime, plainTime, relativeTime } from './time-words'

const oslo = 'Europe/Oslo'
const now = new Date('2026-11-25T09:00:00Z')
const at = (text: string) => new Date(text)

describe('relativeTime', () => {
  it.each([
    ['2026-11-25T08:59:45Z', 'just now'],
    ['2026-11-25T08:49:00Z', '11 min ago'],
    ['2026-11-25T09:12:00Z', 'in 12 min'],
    ['2026-11-25T07:00:00Z', 'today 08:00'],
    ['2026-11-24T23:30:00Z', 'today 00:30'],
    ['2026-11-24T22:30:00Z', 'yesterday 23:30'],
    ['2026-11-26T19:00:00Z', 'tomorrow 20:00'],
    ['2026-11-27T19:00:00Z', 'Fri 27 Nov, 20:00'],
    ['2025-11-25T09:00:00Z', 'Tue 25 Nov 2025, 10:00'],
  ])('%s is %s', (instant, words) => expect(relativeTime(at(instant), now, oslo)).toBe(words))

  it('counts days in the stated zone, not in UTC', () => {
    expect(relativeTime(at('2026-11-24T22:30:00Z'), now, 'Asia/Tokyo')).toBe('today 07:30')
  })
})

describe('exact and plain', () => {
  it('tells both sides of the end of summer time apart from the date alone', () => {
    expect(exactTime(at('2026-10-25T00:30:00Z'), oslo)).toBe('Sun 25 Oct 2026, 02:30:00 (Europe/Oslo)')
    expect(plainTime(at('2026-10-25T16:00:00Z'), now, oslo)).toBe('Sun 25 Oct, 17:00')
  })
  it('says midnight as 00:00', () => expect(plainTime(at('2026-11-25T23:00:00Z'), now, oslo)).toBe('Thu 26 Nov, 00:00'))
  it('drops the time for a day', () => expect(dayWords(at('2027-01-01T12:00:00Z'), now, oslo)).toBe('Fri 1 Jan 2027'))
})

it.each([
  [45_000, '45 s'],
  [72_000, '1 min 12 s'],
  [120_000, '2 min'],
  [7_500_000, '2 h 5 min'],
  [3 * 86_400_000, '3 days'],
  [-5, '0 s'],
])('%d ms is %s', (ms, words) => expect(durationWords(ms)).toBe(words))

import { describe, expect, test } from 'vitest'
import { readWindow, windowFields } from './window-form'

const oslo = (date: string, from: string, to: string) => readWindow({ date, from, to, zone: 'Europe/Oslo' })

describe('a window as it is typed', () => {
  test.each([
    ['winter time', '2026-11-26', '20:00', '22:00', '2026-11-26T19:00:00.000Z', '2026-11-26T21:00:00.000Z'],
    ['summer time', '2026-07-01', '20:00', '22:00', '2026-07-01T18:00:00.000Z', '2026-07-01T20:00:00.000Z'],
    ['past midnight', '2026-11-26', '22:00', '02:00', '2026-11-26T21:00:00.000Z', '2026-11-27T01:00:00.000Z'],
    ['over the skipped hour', '2026-03-28', '23:00', '03:30', '2026-03-28T22:00:00.000Z', '2026-03-29T01:30:00.000Z'],
  ])('%s', (_, date, from, to, start, end) => {
    expect(oslo(date, from, to)).toEqual({ ok: true, start, end })
  })

  test.each([
    ['a start that the clocks skip', '2026-03-29', '02:30', '04:00', 'from'],
    ['an end that the clocks skip', '2026-03-28', '23:00', '02:30', 'to'],
    ['a start that comes twice', '2026-10-25', '02:30', '05:00', 'from'],
    ['no date', '', '20:00', '22:00', 'date'],
    ['a date that does not exist', '2026-02-30', '20:00', '22:00', 'date'],
    ['no start', '2026-11-26', '', '22:00', 'from'],
    ['an hour that does not exist', '2026-11-26', '20:00', '25:00', 'to'],
  ])('refuses %s', (_, date, from, to, field) => {
    expect(oslo(date, from, to)).toMatchObject({ ok: false, field })
  })

  test('an unknown zone is refused', () => {
    expect(readWindow({ date: '2026-11-26', from: '20:00', to: '22:00', zone: 'Nowhere/Land' }).ok).toBe(false)
  })

  test('comes back as it was typed, in whatever zone', () => {
    const typed = { date: '2026-03-28', from: '23:00', to: '03:30', zone: 'Europe/Oslo' }
    const read = readWindow(typed)
    expect(read.ok && windowFields(read, 'Europe/Oslo')).toEqual(typed)
    expect(read.ok && windowFields(read, 'America/New_York').from).toBe('18:00')
  })
})

import { expect, it } from 'vitest'
import { nextNumber } from './number'

it.each([
  ['the first of a month', '2026-11-24T10:00:00Z', 'Europe/Oslo', [], '2026.11.1'],
  [
    'after others, by number and not by text',
    '2026-11-24T10:00:00Z',
    'Europe/Oslo',
    ['2026.11.9', '2026.11.10'],
    '2026.11.11',
  ],
  [
    'other months do not count',
    '2026-11-24T10:00:00Z',
    'Europe/Oslo',
    ['2026.1.7', '2026.10.3', '2025.11.5'],
    '2026.11.1',
  ],
  ['the month is that of the zone', '2026-11-30T23:30:00Z', 'Europe/Oslo', ['2026.11.4'], '2026.12.1'],
  ['and of another zone', '2026-12-01T03:00:00Z', 'America/New_York', ['2026.11.4'], '2026.11.5'],
])('%s', (_, now, zone, given, expected) => expect(nextNumber(new Date(now), zone, given)).toBe(expected))

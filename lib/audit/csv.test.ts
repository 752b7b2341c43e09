import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { csvRow, utcInstant, zonedInstant } from './csv'

const inputs = '../shared/cases/inputs/export/tickets_evil.json'

describe('CSV', () => {
  it('keeps numbers, quotes what needs it, and leaves an empty cell empty', () => {
    expect(csvRow([1, -5, null, 'a,b', 'say "x"', 'two\nlines', 'plain'])).toBe(
      '1,-5,,"a,b","say ""x""","two\nlines",plain\r\n',
    )
  })

  it('gives instants in UTC and on the wall clock of a zone, on both sides of a change of time', () => {
    const [before, after] = [new Date('2026-10-25T00:30:00Z'), new Date('2026-10-25T01:30:00.500Z')]
    expect([utcInstant(after), zonedInstant(before, 'Europe/Oslo'), zonedInstant(after, 'Europe/Oslo')]).toEqual([
      '2026-10-25T01:30:00Z',
      '2026-10-25T02:30:00+02:00',
      '2026-10-25T02:30:00+01:00',
    ])
    expect(zonedInstant(before, 'UTC')).toBe('2026-10-25T00:30:00+00:00')
  })
})

describe.skipIf(!existsSync(inputs))('free text of others (CASES H1)', () => {
  it('is never a formula', () => {
    const titles: string[] = JSON.parse(readFileSync(inputs, 'utf8')).map((row: { title: string }) => row.title)
    const cells = titles.map(title => csvRow([title]).slice(0, -2))
    expect(cells).toEqual([
      `"'=HYPERLINK(""http://evil.example"",""ok"")"`,
      `'+1 measure for claims`,
      '-5.00',
      `'-2+3+cmd|' /C calc'!A1`,
      `'@SUM(A1)`,
      `'\t=1+1`,
      `"'\r=1+1"`,
      `'＝1+1 (full-width equals)`,
      `"Načtení; ""škod"", řádek 1\nřádek 2"`,
      `' =1+1`,
      '1/2',
      '00123',
    ])
  })
})

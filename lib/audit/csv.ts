/** Excel needs it to read UTF-8. */
export const byteOrderMark = '\ufeff'

const plainNumber = /^[+-]?\d+(?:[.,]\d+)?$/
const formula = /^ *[=+\-@\t\r＝＋－＠]/u

/** One row of CSV. A text that a spreadsheet would run as a formula is kept as text; numbers stay numbers. */
export const csvRow = (cells: readonly (string | number | null)[]): string => `${cells.map(csvCell).join(',')}\r\n`

function csvCell(cell: string | number | null): string {
  if (cell === null) return ''
  if (typeof cell === 'number') return String(cell)
  const safe = formula.test(cell) && !plainNumber.test(cell) ? `'${cell}` : cell
  return /[,;"\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** `2026-10-25T21:00:00Z` */
export const utcInstant = (at: Date): string => at.toISOString().replace(/\.\d+Z$/, 'Z')

/** `2026-10-25T22:00:00+01:00`: the wall clock of a zone, with its offset then. */
export function zonedInstant(at: Date, timeZone: string): string {
  const named = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' }).formatToParts(at)
  const offset = named.find(part => part.type === 'timeZoneName')?.value.replace('GMT', '') || '+00:00'
  return `${at.toLocaleString('sv-SE', { timeZone }).replace(' ', 'T')}${offset}`
}

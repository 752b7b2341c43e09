/** `2026.11.4`: the year and month in the project's zone, and the running number of that month. */
export type ReleaseNumber = `${number}.${number}.${number}`

/** What the numbers of this month begin with, up to and with the second dot. */
export function monthPrefix(now: Date, zone: string): `${number}.${number}.` {
  const parts = new Intl.DateTimeFormat('en', { timeZone: zone, year: 'numeric', month: 'numeric' }).formatToParts(now)
  const numeric = (type: 'year' | 'month') => Number(parts.find(part => part.type === type)?.value)
  return `${numeric('year')}.${numeric('month')}.`
}

/** The number after those given, which may be of any month and in any order. */
export function nextNumber(now: Date, zone: string, given: readonly string[]): ReleaseNumber {
  const prefix = monthPrefix(now, zone)
  const running = given.filter(number => number.startsWith(prefix)).map(number => Number(number.slice(prefix.length)))
  return `${prefix}${Math.max(0, ...running.filter(Number.isSafeInteger)) + 1}`
}

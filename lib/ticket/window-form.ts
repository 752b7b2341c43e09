import { Temporal } from 'temporal-polyfill'

export type WindowFields = {
  readonly date: string
  readonly from: string
  readonly to: string
  readonly zone: string
}
type Field = 'date' | 'from' | 'to'
export type ReadWindow =
  | { readonly ok: true; readonly start: string; readonly end: string }
  | { readonly ok: false; readonly field: Field; readonly message: string }

const wrong = (field: Field, message: string): ReadWindow => ({ ok: false, field, message })

/**
 * A window as people write it, local to a zone, as two instants. An end that is not after the start is on the next day.
 * A time that the zone's clocks skip or show twice is refused, never shifted.
 */
export function readWindow({ date, from, to, zone }: WindowFields): ReadWindow {
  const day = plainDate(date)
  if (!day) return wrong('date', 'Give the day as year-month-day, such as 2026-11-26.')
  const begins = plainTime(from)
  if (!begins) return wrong('from', 'Give the start as hours and minutes, such as 20:00.')
  const ends = plainTime(to)
  if (!ends) return wrong('to', 'Give the end as hours and minutes, such as 22:00.')
  const lastDay = Temporal.PlainTime.compare(ends, begins) > 0 ? day : day.add({ days: 1 })
  const start = instant(day, begins, zone)
  if (!start) return wrong('from', clockChange(day, begins, zone))
  const end = instant(lastDay, ends, zone)
  if (!end) return wrong('to', clockChange(lastDay, ends, zone))
  return { ok: true, start, end }
}

/** The same fields of a window that is there. */
export function windowFields(window: { readonly start: string; readonly end: string }, zone: string): WindowFields {
  const local = (text: string) => Temporal.Instant.from(text).toZonedDateTimeISO(zone)
  const start = local(window.start)
  const time = (at: Temporal.ZonedDateTime) => at.toPlainTime().toString({ smallestUnit: 'minute' })
  return { date: start.toPlainDate().toString(), from: time(start), to: time(local(window.end)), zone }
}

const plainDate = (text: string) => parsed(() => Temporal.PlainDate.from(text.trim()))
const plainTime = (text: string) => parsed(() => Temporal.PlainTime.from(text.trim()))

function instant(day: Temporal.PlainDate, time: Temporal.PlainTime, zone: string): string | null {
  const local = day.toPlainDateTime(time)
  const at = parsed(() => local.toZonedDateTime(zone, { disambiguation: 'reject' }))
  return at && new Date(at.epochMilliseconds).toISOString()
}

const clockChange = (day: Temporal.PlainDate, time: Temporal.PlainTime, zone: string) =>
  `The clocks of ${zone} change on ${day}: ${time.toString({ smallestUnit: 'minute' })} comes twice or not at all. Choose another time.`

function parsed<T>(parse: () => T): T | null {
  try {
    return parse()
  } catch (cause) {
    if (cause instanceof RangeError || cause instanceof TypeError) return null
    throw cause
  }
}

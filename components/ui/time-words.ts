const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const
const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const
const minuteMs = 60_000
const dayMs = 86_400_000

type Clock = {
  year: number
  month: string
  day: number
  weekday: string
  time: string
  second: string
  dayNumber: number
}

const formats = new Map<string, Intl.DateTimeFormat>()

function formatFor(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone)
  if (known) return known
  const digits = '2-digit' as const
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: digits,
    day: digits,
    hour: digits,
    minute: digits,
    second: digits,
  })
  formats.set(zone, format)
  return format
}

function wallClock(at: Date, zone: string): Clock {
  const parts = new Map(
    formatFor(zone)
      .formatToParts(at)
      .map(part => [part.type, part.value]),
  )
  const number = (type: Intl.DateTimeFormatPartTypes) => Number(parts.get(type))
  const midnight = Date.UTC(number('year'), number('month') - 1, number('day'))
  return {
    year: number('year'),
    month: months[number('month') - 1] ?? '',
    day: number('day'),
    weekday: weekdays[new Date(midnight).getUTCDay()] ?? '',
    time: `${parts.get('hour')}:${parts.get('minute')}`,
    second: parts.get('second') ?? '',
    dayNumber: midnight / dayMs,
  }
}

/** "Thu 26 Nov 2026, 20:00:05 (Europe/Oslo)": for titles, exports and paper. */
export function exactTime(at: Date, zone: string): string {
  const { weekday, day, month, year, time, second } = wallClock(at, zone)
  return `${weekday} ${day} ${month} ${year}, ${time}:${second} (${zone})`
}

/** "Thu 26 Nov, 20:00", with the year when it is not this one. */
export function plainTime(at: Date, now: Date, zone: string): string {
  const { weekday, day, month, year, time } = wallClock(at, zone)
  return `${weekday} ${day} ${month}${year === wallClock(now, zone).year ? '' : ` ${year}`}, ${time}`
}

/** "Thu 26 Nov", with the year when it is not this one. */
export function dayWords(at: Date, now: Date, zone: string): string {
  return plainTime(at, now, zone).replace(/, [^,]*$/, '')
}

/** How people say it: "11 min ago", "today 09:20", "yesterday 16:05", "tomorrow 20:00", "Thu 26 Nov, 20:00". */
export function relativeTime(at: Date, now: Date, zone: string): string {
  const awayMs = at.getTime() - now.getTime()
  const minutes = Math.round(Math.abs(awayMs) / minuteMs)
  if (minutes < 1) return 'just now'
  if (minutes < 60) return awayMs < 0 ? `${minutes} min ago` : `in ${minutes} min`

  const then = wallClock(at, zone)
  const days = then.dayNumber - wallClock(now, zone).dayNumber
  if (days === 0) return `today ${then.time}`
  if (days === -1) return `yesterday ${then.time}`
  if (days === 1) return `tomorrow ${then.time}`
  return plainTime(at, now, zone)
}

/** "45 s", "1 min 12 s", "2 h 5 min", "3 days". */
export function durationWords(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000))
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return seconds % 60 ? `${minutes} min ${seconds % 60} s` : `${minutes} min`
  const hours = Math.floor(minutes / 60)
  if (hours < 48) return minutes % 60 ? `${hours} h ${minutes % 60} min` : `${hours} h`
  return `${Math.floor(hours / 24)} days`
}

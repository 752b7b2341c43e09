import { dayWords, exactTime, plainTime, relativeTime } from './time-words'

type TimeProps = {
  at: Date
  now: Date
  /** IANA name of the zone that the screen states. */
  zone: string
  /** `relative` as people say it, `plain` date and time, `day` the date, `exact` with seconds and zone. */
  as?: 'relative' | 'plain' | 'day' | 'exact'
}

const words = {
  relative: relativeTime,
  plain: plainTime,
  day: dayWords,
  exact: (at: Date, _: Date, zone: string) => exactTime(at, zone),
}

/** An instant in the stated zone; the exact time is in its title. The same on server and client. */
export function Time({ at, now, zone, as = 'relative' }: TimeProps) {
  return (
    <time dateTime={at.toISOString()} title={exactTime(at, zone)} className="whitespace-nowrap">
      {words[as](at, now, zone)}
    </time>
  )
}

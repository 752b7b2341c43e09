import type { ReactNode } from 'react'
import { Disclosure } from '@/components/ui/disclosure'
import { Time } from '@/components/ui/time'
import { exactTime } from '@/components/ui/time-words'
import { Timeline, TimelineDay, TimelineEntry } from '@/components/ui/timeline'
import type { AuditLine } from '@/lib/audit/queries'
import type { Chapter, Day } from './story'

type DayProps = {
  day: Day
  now: Date
  zone: string
  /** Where an entry belongs, when that does not go without saying. */
  about?: (line: AuditLine) => ReactNode
  /** The time of day to the second instead of how long ago. */
  clock?: boolean
}

export function TimelineOfDay({ day: { day, chapters }, now, zone, about, clock = false }: DayProps) {
  return (
    <>
      <TimelineDay>{day}</TimelineDay>
      <Timeline label={day}>
        {chapters.map(({ line, steps }) => (
          <TimelineEntry
            key={line.sequence}
            tone={line.tone}
            at={clock ? <Clock at={line.at} zone={zone} /> : <Time at={line.at} now={now} zone={zone} />}
            detail={<Detail line={line} steps={steps} now={now} zone={zone} about={about} />}
          >
            {line.sentence}
          </TimelineEntry>
        ))}
      </Timeline>
    </>
  )
}

function Clock({ at, zone }: { at: Date; zone: string }) {
  const exact = exactTime(at, zone)
  return (
    <time dateTime={at.toISOString()} title={exact}>
      {/\d\d:\d\d:\d\d/.exec(exact)?.[0]}
    </time>
  )
}

function Detail({ line, steps, now, zone, about }: Chapter & Omit<DayProps, 'day' | 'clock'>) {
  const told = about?.(line)
  if (!told && !line.quotation && steps.length === 0) return null
  return (
    <>
      {line.quotation && <q className="block max-w-[80ch] whitespace-pre-line">{line.quotation}</q>}
      {told && <div className="flex flex-wrap gap-x-2.5">{told}</div>}
      {steps.length > 0 && (
        <Disclosure summary={steps.length === 1 ? '1 step of the portal' : `${steps.length} steps of the portal`}>
          <ul>
            {steps.map(step => (
              <li key={step.sequence}>
                {step.sentence} <Time at={step.at} now={now} zone={zone} />
              </li>
            ))}
          </ul>
        </Disclosure>
      )}
    </>
  )
}

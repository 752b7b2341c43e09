import type { ReactNode } from 'react'
import { Disclosure } from '@/components/ui/disclosure'
import { Time } from '@/components/ui/time'
import { Timeline, TimelineDay, TimelineEntry } from '@/components/ui/timeline'
import type { AuditLine } from '@/lib/audit/queries'
import type { Chapter, Day } from './story'

type DayProps = {
  day: Day
  now: Date
  zone: string
  /** Where an entry belongs, when that does not go without saying. */
  about?: (line: AuditLine) => ReactNode
}

export function TimelineOfDay({ day: { day, chapters }, now, zone, about }: DayProps) {
  return (
    <>
      <TimelineDay>{day}</TimelineDay>
      <Timeline label={day}>
        {chapters.map(({ line, steps }) => (
          <TimelineEntry
            key={line.sequence}
            tone={line.tone}
            at={<Time at={line.at} now={now} zone={zone} />}
            detail={<Detail line={line} steps={steps} now={now} zone={zone} about={about} />}
          >
            {line.sentence}
          </TimelineEntry>
        ))}
      </Timeline>
    </>
  )
}

function Detail({ line, steps, now, zone, about }: Chapter & Omit<DayProps, 'day'>) {
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

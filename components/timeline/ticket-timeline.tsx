import { EmptyState } from '@/components/ui/empty-state'
import type { AuditLine } from '@/lib/audit/queries'
import { TimelineOfDay } from './day'
import { chaptersOf, daysOf } from './story'

type TicketTimelineProps = {
  /** Oldest first, as `ticketTimeline` gives them. */
  lines: readonly AuditLine[]
  now: Date
  zone: string
}

/** What happened to a ticket, the newest on top, with the machine's steps folded under what they followed from. */
export function TicketTimeline({ lines, now, zone }: TicketTimelineProps) {
  if (lines.length === 0)
    return (
      <EmptyState kind="never-used" title="Nothing has happened yet">
        Every decision and every change of this ticket will be told here.
      </EmptyState>
    )
  return daysOf([...chaptersOf(lines)].reverse(), now, zone).map(day => (
    <TimelineOfDay key={day.day} day={day} now={now} zone={zone} />
  ))
}

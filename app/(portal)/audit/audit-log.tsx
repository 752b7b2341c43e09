import Link from 'next/link'
import { TimelineOfDay } from '@/components/timeline/day'
import { daysOf } from '@/components/timeline/story'
import { ButtonLink } from '@/components/ui/button-link'
import { EmptyState } from '@/components/ui/empty-state'
import { Mono } from '@/components/ui/mono'
import { Pagination } from '@/components/ui/pagination'
import { Region } from '@/components/ui/region'
import type { AuditLine, AuditPage } from '@/lib/audit/queries'
import { type AuditAsked, addressOf, isFiltered } from './filter'

const zone = 'UTC'

export function AuditLog({ page, asked, now }: { page: AuditPage; asked: AuditAsked; now: Date }) {
  const { lines, older } = page
  if (lines.length === 0) return <Nothing asked={asked} />
  const chapters = lines.map(line => ({ line, steps: [] }))
  const first = lines[0]?.sequence ?? 0
  const last = lines.at(-1)?.sequence ?? 0
  return (
    <>
      <Region title="Entries" aside="newest first">
        {daysOf(chapters, now, zone).map(day => (
          <TimelineOfDay key={day.day} day={day} now={now} zone={zone} about={about} clock />
        ))}
      </Region>
      <Pagination
        newer={asked.before === undefined ? undefined : addressOf('/audit', { ...asked, before: undefined })}
        older={older === null ? undefined : addressOf('/audit', { ...asked, before: older })}
      >
        {lines.length === 1 ? `Entry ${first}` : `${lines.length} entries, ${last} to ${first}`}
      </Pagination>
    </>
  )
}

function about({ ticket, project, sequence }: AuditLine) {
  return (
    <>
      <Mono faint>#{sequence}</Mono>
      {ticket && (
        <Link className="link" href={`/tickets/${ticket}`}>
          {ticket}
        </Link>
      )}
      {project && (
        <Link className="link" href={`/projects/${project.slug}`}>
          {project.name}
        </Link>
      )}
    </>
  )
}

function Nothing({ asked }: { asked: AuditAsked }) {
  return (
    <Region label="Entries">
      {isFiltered(asked) || asked.before !== undefined ? (
        <EmptyState
          kind="filtered-out"
          title="No entry matches these filters"
          action={<ButtonLink href="/audit">Clear filters</ButtonLink>}
        />
      ) : (
        <EmptyState kind="never-used" title="Nothing has been written yet">
          Every decision and every change of the projects whose log you may read will stand here, in order.
        </EmptyState>
      )}
    </Region>
  )
}

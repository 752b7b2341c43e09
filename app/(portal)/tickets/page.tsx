import type { Metadata } from 'next'
import { TicketFilters } from '@/components/ticket/ticket-filters'
import { TicketTable } from '@/components/ticket/ticket-table'
import { ButtonLink } from '@/components/ui/button-link'
import { EmptyState } from '@/components/ui/empty-state'
import { PageHead } from '@/components/ui/page-head'
import { Pagination } from '@/components/ui/pagination'
import { Region } from '@/components/ui/region'
import { requirePerson } from '@/lib/access/session'
import { listTickets, mostCounted } from '@/lib/ticket/queries'
import { addressOf, readSearch, type Search } from './search'

export const metadata: Metadata = { title: 'Tickets' }

export default async function TicketsPage({ searchParams }: { searchParams: Promise<Search> }) {
  const ctx = await requirePerson()
  const asked = readSearch(await searchParams)
  const { rows, newer, older, total, projects, now } = await listTickets(ctx, asked)
  const isFiltered = Object.keys(asked.chosen).length > 0
  return (
    <>
      <PageHead title="Tickets" meta={<span>{countWords(total)}, newest first</span>} />
      <TicketFilters chosen={asked.chosen} projects={projects} />
      <Region label="Tickets">
        {rows.length > 0 ? <TicketTable rows={rows} now={now} /> : <NoTickets isFiltered={isFiltered} />}
      </Region>
      <Pagination
        newer={newer ? addressOf(asked, { after: newer }) : undefined}
        older={older ? addressOf(asked, { before: older }) : undefined}
      >
        {rows.length > 0 && `${rows.length} of ${countWords(total)}`}
      </Pagination>
    </>
  )
}

function countWords(total: number): string {
  if (total > mostCounted) return `more than ${mostCounted.toLocaleString('en-GB')} tickets`
  return total === 1 ? '1 ticket' : `${total.toLocaleString('en-GB')} tickets`
}

function NoTickets({ isFiltered }: { isFiltered: boolean }) {
  if (isFiltered) {
    const clear = <ButtonLink href="/tickets">Clear filters</ButtonLink>
    return <EmptyState kind="filtered-out" title="No ticket matches these filters" action={clear} />
  }
  return (
    <EmptyState kind="never-used" title="No ticket yet">
      A ticket opens by itself when a commit makes a release, and again at each hop that the release reaches.
    </EmptyState>
  )
}

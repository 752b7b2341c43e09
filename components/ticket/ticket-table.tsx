import { HopLabel } from '@/components/status/tier-label'
import { Cell, DataTable, RowHead, TableRow } from '@/components/ui/data-table'
import { Mono } from '@/components/ui/mono'
import { Time } from '@/components/ui/time'
import type { TicketRow } from '@/lib/ticket/queries'
import { TicketStatus } from './ticket-status'

const columns = [
  { label: 'Ticket' },
  { label: 'Hop' },
  { label: 'Release' },
  { label: 'Status' },
  { label: 'Requested by' },
  { label: 'Opened' },
]

export function TicketTable({ rows, now }: { rows: readonly TicketRow[]; now: Date }) {
  return (
    <DataTable label="Tickets" columns={columns}>
      {rows.map(({ number, title, status, from, to, release, requestedBy, openedAt, zone }) => (
        <TableRow key={number}>
          <RowHead href={`/tickets/${number}`} note={title}>
            {number}
          </RowHead>
          <Cell nowrap>
            <HopLabel from={from.label} to={to.label} />
          </Cell>
          <Cell nowrap>
            <a href={release.href}>
              <Mono>{release.number}</Mono>
            </a>
          </Cell>
          <Cell nowrap>
            <TicketStatus value={status} />
          </Cell>
          <Cell>{requestedBy}</Cell>
          <Cell nowrap>
            <Time at={openedAt} now={now} zone={zone} />
          </Cell>
        </TableRow>
      ))}
    </DataTable>
  )
}

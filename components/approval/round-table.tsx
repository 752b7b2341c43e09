import { Status } from '@/components/status/status'
import { Cell, DataTable, RowHead, TableRow } from '@/components/ui/data-table'
import { EmptyState } from '@/components/ui/empty-state'
import { Region } from '@/components/ui/region'
import type { RoundView } from '@/lib/insight/approvals/queries'

/** Every sign-off and approval of the open tickets, with how it stands. */
export function RoundTable({ rounds }: { rounds: readonly RoundView[] }) {
  return (
    <Region title="Open rounds" id="rounds" aside={rounds.length > 0 && String(rounds.length)}>
      {rounds.length === 0 ? (
        <EmptyState kind="nothing-now" title="No decision is being taken now" />
      ) : (
        <DataTable
          label="Open rounds"
          columns={[
            { label: 'Deployment' },
            { label: 'Decision' },
            { label: 'Yes', numeric: true },
            { label: 'State' },
          ]}
        >
          {rounds.map(round => (
            <TableRow key={`${round.ticket} ${round.criterion}`}>
              <RowHead href={round.href} note={<span className="mono">{round.ticket}</span>}>
                {round.title}
              </RowHead>
              <Cell>
                {round.criterion}
                {round.voters.length > 0 && (
                  <div className="text-xs text-ink-muted">Yes: {round.voters.join(', ')}</div>
                )}
              </Cell>
              <Cell numeric nowrap>
                {round.yes} of {round.quorum}
              </Cell>
              <Cell>
                <Status kind="vote" value={round.state} />
                {round.state !== 'approved' && <div className="text-xs text-ink-muted">{round.sentence}</div>}
              </Cell>
            </TableRow>
          ))}
        </DataTable>
      )}
    </Region>
  )
}

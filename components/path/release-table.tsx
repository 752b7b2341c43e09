import Link from 'next/link'
import { Cell, DataTable, RowHead, TableRow } from '@/components/ui/data-table'
import { Time } from '@/components/ui/time'
import { tierFacts, tiers } from '@/lib/environment/tier'
import type { ReleasePlaces } from '@/lib/insight/path/queries'
import type { Place } from '@/lib/insight/where/place'
import { PlaceStatus } from './place-status'

type ReleaseTableProps = { releases: readonly ReleasePlaces[]; now: Date; zone: string }

/** Releases, newest first, with where each stands. */
export function ReleaseTable({ releases, now, zone }: ReleaseTableProps) {
  const columns = [
    { label: 'Release' },
    { label: 'What is in it' },
    ...tiers.map(tier => ({ label: tierFacts[tier].label })),
  ]
  return (
    <DataTable label="Releases" columns={columns}>
      {releases.map(release => (
        <TableRow key={release.id}>
          <RowHead href={release.href} note={<Time at={release.createdAt} now={now} zone={zone} />}>
            {release.number}
          </RowHead>
          <Cell>{release.title}</Cell>
          {tiers.map(tier => (
            <Cell key={tier}>
              <PlaceCell place={release.places[tier]} />
            </Cell>
          ))}
        </TableRow>
      ))}
    </DataTable>
  )
}

const settled = ['deployed', 'passed']

function PlaceCell({ place }: { place: Place | null }) {
  if (!place) return null
  const isBad = ['failed', 'errored', 'partial', 'unknown'].includes(place.state)
  return (
    <>
      <PlaceStatus place={place} />
      {isBad && place.detail && <div className="line-clamp-2 max-w-56 text-xs text-ink-muted">{place.detail}</div>}
      {place.ticket && !settled.includes(place.state) && (
        <div>
          <Link href={`/tickets/${place.ticket}`} className="link mono">
            {place.ticket}
          </Link>
        </div>
      )}
    </>
  )
}

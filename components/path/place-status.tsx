import { Status } from '@/components/status/status'
import type { Place } from '@/lib/insight/where/place'

/** Where a release stands in a tier; what has been is plain, what still needs somebody has colour. */
export function PlaceStatus({ place }: { place: Place | null }) {
  if (!place) return null
  switch (place.state) {
    case 'passed':
      return <span className="text-ink-faint">passed</span>
    case 'deployed':
      return <Status kind="release" value="deployed" />
    case 'waiting':
      return <Status kind="release" value="waiting" detail={place.detail ?? undefined} />
    default:
      return <Status kind="ticket" value={place.state} />
  }
}

import { type Hop, hopEnds, hops } from '@/lib/environment/hop'
import type { Tier } from '@/lib/environment/tier'
import type { Place } from '../where/place'

/**
 * The hop for which a ticket can be opened: into the first tier that the release has not reached, when it has arrived in the tier before and
 * no open ticket brings it there. Null when there is none.
 */
export function nextHop(places: Readonly<Record<Tier, Place | null>>, open: readonly Hop[]): Hop | null {
  const hasBeen = (tier: Tier) => places[tier]?.state === 'deployed' || places[tier]?.state === 'passed'
  const hop = hops.find(one => !hasBeen(hopEnds[one].target))
  if (!hop || open.includes(hop)) return null
  return hasBeen(hopEnds[hop].source) ? hop : null
}

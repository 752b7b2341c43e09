import type { Holder, Role } from '@/lib/access/roles'
import type { Hop } from '@/lib/environment/hop'
import { criteriaOf } from '@/lib/gate/criteria'
import type { EventKind } from './event'

export type Happening = { readonly kind: EventKind; readonly hop: Hop; readonly hasFailed: boolean }

const always: readonly Role[] = ['stakeholder', 'release-manager']

/** Whom the run of a hop concerns besides those who always hear of it: who built the release, and who tries it next. */
const team: Readonly<Record<Hop, readonly Role[]>> = {
  'dev-test': ['developer', 'qa'],
  'test-uat': ['qa', 'business-user'],
  'uat-prod': ['qa', 'business-user'],
}
const onFailure: readonly Role[] = ['developer', 'on-call', 'incident-manager']

/** The roles that hear of an event. A promotion that did not run, or was refused, is no failure. */
export function rolesTold({ kind, hop, hasFailed }: Happening): ReadonlySet<Role> {
  const clearing = criteriaOf(hop).flatMap(criterion => [...criterion.roles])
  switch (kind) {
    case 'ticket-created':
      return new Set<Role>(['stakeholder', ...clearing])
    case 'ticket-cancelled':
      return new Set([...always, ...clearing])
    case 'stage-started':
    case 'stage-ended':
      return new Set([...always, ...team[hop], ...(hasFailed ? onFailure : [])])
    case 'ticket-closed':
      return new Set([...always, ...clearing, ...team[hop], ...onFailure])
    case 'announcement':
      return new Set([...always, 'business-user'])
  }
}

/** One address and nothing else: no list, no name, nothing that a header or an SMTP command could end in. */
export const isAddress = (text: string): boolean => /^[^\s\p{C}<>,;:"()[\]@\\]+@[^\s\p{C}<>,;:"()[\]@\\]+$/u.test(text)

/** Who gets one mail about an event: each person once, and each address once, whatever their roles. */
export function recipientsFor(happening: Happening, holders: readonly Holder[]): readonly Holder[] {
  const told = rolesTold(happening)
  const byAddress = new Map<string, Holder>()
  for (const holder of holders) {
    const address = holder.email.toLowerCase()
    if (!isAddress(address) || byAddress.has(address)) continue
    if (holder.roles.some(role => told.has(role))) byAddress.set(address, holder)
  }
  return [...byAddress.values()]
}

import { abilities, type Holder, namesOf, type Role } from '@/lib/access/roles'
import { type Hop, hopEnds } from '@/lib/environment/hop'
import { tierFacts } from '@/lib/environment/tier'
import type { Gate } from '@/lib/gate/gate'
import { type May, people, type Viewer } from './gate-panel'
import { decide, type Ticket } from './ticket'

/** What the viewer may do with a ticket; null where it is not a thing to do with the ticket as it is now. */
export type Can = { readonly promote: May | null; readonly close: May | null; readonly cancel: May | null }

type Asked = {
  readonly ticket: Ticket
  readonly hop: Hop
  readonly gate: Gate
  readonly holders: readonly Holder[]
  readonly viewer: Viewer
}

export function whatCan(asked: Asked): Can {
  const { ticket, gate } = asked
  const possible = (kind: 'promote' | 'close' | 'cancel') => decide(ticket, { kind }).ok
  return {
    promote: possible('promote')
      ? gate.open
        ? may(asked, 'promotes')
        : { allowed: false, because: unmet(gate) }
      : null,
    close: possible('close') ? may(asked, 'closes it after') : null,
    cancel: possible('cancel') ? may(asked, 'cancels') : null,
  }
}

function may({ hop, holders, viewer }: Asked, verb: string): May {
  const roles: readonly Role[] = abilities[`promote-${hop}`]
  const holds = (one: { readonly roles: readonly Role[] }) => one.roles.some(role => roles.includes(role))
  if (viewer && holds(viewer)) return { allowed: true }
  const into = tierFacts[hopEnds[hop].target].label
  const what = verb === 'promotes' ? `promotes to ${into}` : `${verb} a deployment to ${into}`
  return { allowed: false, because: `${namesOf(roles)} ${what}: ${people(holders.filter(holds))}` }
}

function unmet(gate: Extract<Gate, { open: false }>): string {
  const { length } = gate.unmet
  return `${length} ${length === 1 ? 'criterion' : 'criteria'} unmet: see who can clear ${length === 1 ? 'it' : 'them'}`
}

import { abilities, type Holder } from '@/lib/access/roles'
import { type CriterionKind, criteriaOf } from '@/lib/gate/criteria'
import { hasFailed, type Story } from './story'

const verbs: Readonly<Record<CriterionKind, string>> = {
  evidence: 'See to it that this is reported',
  'sign-off': 'Try it, then decide',
  approval: 'Vote',
  record: 'Write down',
}

/** What this reader is asked to do about an event; an empty list when nothing is. */
export function asksOf(story: Story, reader: Holder): readonly string[] {
  const { told, hop } = story
  const mayPromote = reader.roles.some(role => abilities[`promote-${hop}`].some(one => one === role))
  switch (told.kind) {
    case 'ticket-created':
      return toClear(story, reader)
    case 'stage-ended':
      if (hasFailed(told) && mayPromote) return ['Look at what went wrong, then promote again or cancel the ticket.']
      if (hasFailed(told) && reader.roles.some(role => role === 'on-call' || role === 'incident-manager'))
        return [`Be ready to help: ${story.to} may not be what was planned.`]
      if (told.ending === 'cancelled' && mayPromote) return ['Look at why it did not run, then promote again.']
      return told.ending === 'succeeded' && mayPromote && hop !== 'dev-test' ? ['Close the ticket.'] : []
    case 'announcement':
      return [`Tell ${told.by} in time if this does not suit you.`]
    default:
      return []
  }
}

function toClear({ told, hop }: Story, reader: Holder): readonly string[] {
  if (told.kind !== 'ticket-created') return []
  const isBarred = told.barred.includes(reader.userId)
  return criteriaOf(hop)
    .filter(criterion => told.open.includes(criterion.id))
    .filter(criterion => criterion.roles.some(role => reader.roles.includes(role)))
    .filter(({ kind }) => !(isBarred && (kind === 'sign-off' || kind === 'approval')))
    .map(({ kind, label }) => `${verbs[kind]}: ${label}`)
}

import { hopEnds } from '@/lib/environment/hop'
import { tierFacts } from '@/lib/environment/tier'
import type { GateFacts } from './facts'
import type { Because, ConditionId, Verdict } from './gate'
import { recordSchemas } from './records'

/** What must hold besides the criteria of the policy's section 3: the order of environments, a plan without blockers, the window, a free target. */
export function conditions(facts: GateFacts): readonly Verdict[] {
  return [sourceTier(facts), plan(facts), ...window(facts), environment(facts), ...ticket(facts)]
}

function sourceTier(facts: GateFacts): Verdict {
  const source = tierFacts[hopEnds[facts.hop].source].label
  const label = `Deployed and validated in ${source}`
  if (facts.arrivedInSource)
    return met('source-tier', '6.2.1', label, `Release ${facts.releaseNumber} is in ${source}`, facts.arrivedInSource)
  return shut(
    'source-tier',
    '6.2.1',
    label,
    'elsewhere-first',
    `Release ${facts.releaseNumber} has not succeeded in ${source}: environments are never skipped.`,
  )
}

function plan(facts: GateFacts): Verdict {
  const label = 'Plan without blockers'
  if (!facts.plan) return shut('plan', '4.1', label, 'awaiting', 'The plan is being made.')
  if (facts.plan.rules !== facts.content.rules)
    return shut('plan', '4.1', label, 'awaiting', 'Rules or values changed: the plan is being made anew.')
  const [first, ...rest] = facts.plan.blockers
  if (!first) return met('plan', '4.1', label, 'Nothing in the plan is blocked', null)
  const more = rest.length ? ` And ${rest.length} more.` : ''
  return shut('plan', '4.1', label, 'failing', `${first}${more}`)
}

function window(facts: GateFacts): readonly Verdict[] {
  const record = facts.records['deployment-window']
  if (!record) return []
  const label = 'Inside the deployment window'
  const { start, end } = recordSchemas['deployment-window'].parse(record.content)
  if (facts.now >= new Date(end)) return []
  if (facts.now >= new Date(start)) return [met('window', '3.3.4', label, 'The window is open now', new Date(start))]
  const early = shut('window', '3.3.4', label, 'too-early', 'The window has not opened yet.')
  return [{ ...early, earliest: new Date(start) }]
}

function environment(facts: GateFacts): Verdict {
  const target = tierFacts[hopEnds[facts.hop].target].label
  const label = `${target} is free`
  if (!facts.busy) return met('environment', '4.1', label, `Nothing else runs into ${target}`, null)
  return shut(
    'environment',
    '4.1',
    label,
    'busy',
    `${facts.busy.ticket} is being promoted into ${target}; one at a time.`,
  )
}

function ticket(facts: GateFacts): readonly Verdict[] {
  if (facts.ticketOpen) return []
  return [
    shut(
      'ticket',
      '4.1',
      'Ticket is open',
      'elsewhere-first',
      'This ticket is closed: open a new one for this release.',
    ),
  ]
}

const bare = { by: null, link: null, roles: [], earliest: null } as const

function met(id: ConditionId, section: string, label: string, sentence: string, at: Date | null): Verdict {
  return { ...bare, id, section, label, met: true, because: null, sentence, at }
}

function shut(id: ConditionId, section: string, label: string, because: Because, sentence: string): Verdict {
  return { ...bare, id, section, label, met: false, because, sentence, at: null }
}

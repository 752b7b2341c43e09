import { abilities, type Role } from '@/lib/access/roles'
import { type Hop, hopEnds } from '@/lib/environment/hop'
import { tierFacts } from '@/lib/environment/tier'
import { changedSince } from '@/lib/gate/covered'
import { type Criterion, type CriterionId, criteriaOf } from '@/lib/gate/criteria'
import type { GateFacts, SignOffFact } from '@/lib/gate/facts'
import type { Gate, Unmet } from '@/lib/gate/gate'
import { recordSchemas } from '@/lib/gate/records'
import type { Ticket } from '@/lib/ticket/ticket'

export const askGroups = ['mend', 'promote', 'approve', 'sign-off', 'prepare'] as const
export type AskGroup = (typeof askGroups)[number]

/** One thing that waits for a person now. */
export type Ask = {
  readonly group: AskGroup
  readonly title: string
  readonly note: string | null
  /** Part of the ticket’s page, e.g. `#gate`; empty for its top. */
  readonly at: string
  readonly since: Date
  /** Until when it has to be done; null when there is no such time. */
  readonly before: Date | null
}

/** What is asked of whom is read from this alone. */
export type Waiting = {
  readonly project: string
  readonly createdAt: Date
  readonly ticket: Ticket
  readonly authorEmails: readonly string[]
  /** The last promotion of the ticket. */
  readonly lastRun: { readonly phase: string; readonly message: string | null; readonly at: Date } | null
  readonly facts: GateFacts
  readonly gate: Gate
}

export type Asked = { readonly userId: string; readonly email: string; readonly roles: readonly Role[] }

/** What a ticket asks of a person now, by their roles in its project; what they are barred from is not asked. */
export function asksOf(waiting: Waiting, person: Asked): readonly Ask[] {
  const { ticket, facts } = waiting
  const mayPromote = holds(person, abilities[`promote-${facts.hop}`])
  if (ticket.state === 'running') return waiting.lastRun?.phase === 'unknown' ? lookAgain(waiting, person) : []
  if (ticket.state === 'ended' && ticket.outcome === 'succeeded') return mayPromote ? [close(waiting)] : []
  if (ticket.state !== 'waiting' && ticket.state !== 'ended') return []
  const broken = failedRun(waiting, person, mayPromote)
  return [
    ...broken,
    ...blockedPlan(waiting, person, mayPromote),
    ...failingEvidence(waiting, person),
    ...refusals(waiting, person, mayPromote),
    ...(mayPromote && waiting.gate.open && broken.length === 0 && facts.hop !== 'dev-test' ? [promote(waiting)] : []),
    ...votes(waiting, person),
    ...records(waiting, person),
  ]
}

/** "Claims-Analytics 2026.11.3 to Prod" */
export const deploymentName = (project: string, release: string, hop: Hop): string =>
  `${project} ${release} to ${tierFacts[hopEnds[hop].target].label}`
const what = ({ project, facts }: Waiting) => deploymentName(project, facts.releaseNumber, facts.hop)
const from = (hop: Hop) => tierFacts[hopEnds[hop].source].label
const holds = (person: Asked, anyOf: readonly Role[]) => person.roles.some(role => anyOf.includes(role))

function failedRun(waiting: Waiting, person: Asked, mayPromote: boolean): readonly Ask[] {
  const { ticket, lastRun, createdAt } = waiting
  if (ticket.state !== 'ended' || ticket.outcome === 'cancelled') return []
  if (!mayPromote && !holds(person, ['on-call', 'incident-manager'])) return []
  const title = `Look at what went wrong: ${what(waiting)} ${ticket.outcome === 'partial' ? 'ended half-way' : ticket.outcome}`
  return [{ group: 'mend', title, note: lastRun?.message ?? null, at: '#run', ...when(lastRun?.at ?? createdAt) }]
}

function lookAgain(waiting: Waiting, person: Asked): readonly Ask[] {
  if (!holds(person, abilities['look-again'])) return []
  const title = `Find out how it ended: ${what(waiting)}`
  const { lastRun, createdAt } = waiting
  return [{ group: 'mend', title, note: lastRun?.message ?? null, at: '#run', ...when(lastRun?.at ?? createdAt) }]
}

function blockedPlan(waiting: Waiting, person: Asked, mayPromote: boolean): readonly Ask[] {
  const blocked = unmetOf(waiting.gate).find(unmet => unmet.id === 'plan' && unmet.because === 'failing')
  if (!blocked || !(mayPromote || holds(person, abilities['change-configuration']))) return []
  const title = `Clear what blocks the plan of ${what(waiting)}`
  return [{ group: 'mend', title, note: blocked.sentence, at: '#plan', ...when(waiting.createdAt) }]
}

function failingEvidence(waiting: Waiting, person: Asked): readonly Ask[] {
  const isOwn = waiting.authorEmails.some(email => email.toLowerCase() === person.email.toLowerCase())
  if (!isOwn || !person.roles.includes('developer')) return []
  const failing = unmetOf(waiting.gate).filter(unmet => unmet.because === 'failing' && isEvidence(unmet, waiting.facts))
  const [first] = failing
  if (!first) return []
  const title = `Mend your own commit in ${what(waiting)}: ${failing.map(unmet => unmet.label).join('; ')}`
  return [{ group: 'mend', title, note: first.sentence, at: '#gate', ...when(first.at ?? waiting.createdAt) }]
}

function refusals(waiting: Waiting, person: Asked, mayPromote: boolean): readonly Ask[] {
  if (!mayPromote && !person.roles.includes('developer')) return []
  return unmetOf(waiting.gate)
    .filter(unmet => unmet.because === 'refused')
    .map(unmet => {
      const title = `Answer the refusal of ${what(waiting)}`
      return {
        group: 'mend',
        title,
        note: unmet.sentence,
        at: '#gate',
        ...when(unmet.at ?? waiting.createdAt),
      } as const
    })
}

function promote(waiting: Waiting): Ask {
  const last = latest(waiting.gate.verdicts.flatMap(verdict => verdict.at ?? []))
  const note = 'The gate is open: every criterion is met.'
  const { before } = due(waiting, 'end')
  return {
    group: 'promote',
    title: `Promote ${what(waiting)}`,
    note,
    at: '',
    since: last ?? waiting.createdAt,
    before,
  }
}

function close(waiting: Waiting): Ask {
  const title = `Close ${what(waiting)}`
  const since = when(waiting.lastRun?.at ?? waiting.createdAt)
  return { group: 'promote', title, note: 'The promotion succeeded and was validated.', at: '', ...since }
}

function votes(waiting: Waiting, person: Asked): readonly Ask[] {
  const { facts, gate } = waiting
  const isBarred = facts.conflicts.some(conflict => conflict.userId === person.userId)
  if (isBarred || facts.arrivedInSource === null) return []
  return criteriaOf(facts.hop).flatMap(criterion => {
    const unmet = unmetOf(gate).find(one => one.id === criterion.id)
    if (!unmet || unmet.because === 'refused' || !isVote(criterion) || !holds(person, criterion.roles)) return []
    const own = (facts.signOffs[criterion.id] ?? []).filter(vote => vote.userId === person.userId)
    if (own.some(vote => stands(vote, facts))) return []
    const since = latest([waiting.createdAt, facts.arrivedInSource ?? waiting.createdAt]) ?? waiting.createdAt
    const { before } = due(waiting, 'start')
    return [{ ...voteWords(criterion, waiting), note: voteNote(unmet, own, facts), at: '#gate', since, before }]
  })
}

function voteWords(criterion: Criterion, waiting: Waiting): Pick<Ask, 'group' | 'title'> {
  if (criterion.kind === 'approval') return { group: 'approve', title: `Vote on ${what(waiting)}` }
  const { project, facts } = waiting
  const title = `Try ${project} ${facts.releaseNumber} in ${from(facts.hop)}, then sign it off`
  return { group: 'sign-off', title }
}

function voteNote(unmet: Unmet, own: readonly SignOffFact[], facts: GateFacts): string {
  const lost = own.findLast(vote => vote.verdict === 'yes')
  const changed = lost && (changedSince(lost.covered, facts.content) ?? lost.endedBecause)
  if (lost && changed && !['withdrawn', 'replaced'].includes(changed))
    return `Changed since your own last yes: ${changed.replace(/ changed$/, '')}`
  return unmet.sentence
}

const recordNouns: Partial<Record<CriterionId, string>> = {
  'release-notes': 'release notes',
  'rollback-plan': 'rollback plan',
  'deployment-window': 'deployment window',
  'on-call': 'on-call support',
  communication: 'announcement to stakeholders',
}

function records(waiting: Waiting, person: Asked): readonly Ask[] {
  const { facts, gate } = waiting
  const open = criteriaOf(facts.hop).filter(
    ({ id, kind, roles }) =>
      kind === 'record' &&
      holds(person, roles) &&
      unmetOf(gate).some(unmet => unmet.id === id && unmet.because !== 'awaiting'),
  )
  const [first, ...more] = open
  if (!first) return []
  const nouns = open.map(({ id, label }) => recordNouns[id] ?? label)
  const title = `Prepare ${what(waiting)}: ${more.length === 0 ? nouns[0] : `${nouns.length} things`}`
  const note = more.length === 0 ? first.clearedBy : nouns.join(' · ')
  const { before } = due(waiting, 'start')
  return [{ group: 'prepare', title, note, at: '#gate', since: waiting.createdAt, before }]
}

/** The start or the end of the confirmed window, while it lies ahead. */
function due({ facts }: Waiting, edge: 'start' | 'end'): { readonly before: Date | null } {
  const record = facts.records['deployment-window']
  const at = record ? new Date(recordSchemas['deployment-window'].parse(record.content)[edge]) : null
  return { before: at && at > facts.now ? at : null }
}

const unmetOf = (gate: Gate): readonly Unmet[] => (gate.open ? [] : gate.unmet)
const isVote = ({ kind }: Criterion) => kind === 'sign-off' || kind === 'approval'
const isEvidence = (unmet: Unmet, facts: GateFacts) => (unmet.id as CriterionId) in facts.evidence
const stands = (vote: SignOffFact, facts: GateFacts) =>
  vote.endedAt === null && changedSince(vote.covered, facts.content) === null
const when = (since: Date) => ({ since, before: null })
const latest = (times: readonly Date[]): Date | null =>
  times.length === 0 ? null : new Date(Math.max(...times.map(time => time.getTime())))

/** Most urgent first: by group, then what has to be done soonest, then what has waited longest. */
export const byUrgency = (a: Ask, b: Ask): number =>
  askGroups.indexOf(a.group) - askGroups.indexOf(b.group) ||
  (a.before?.getTime() ?? Number.MAX_SAFE_INTEGER) - (b.before?.getTime() ?? Number.MAX_SAFE_INTEGER) ||
  a.since.getTime() - b.since.getTime()

import { type Holder, namesOf, type Role, roleLabels } from '@/lib/access/roles'
import { changedSince, covered, coveredDigest } from '@/lib/gate/covered'
import { type Criterion, type CriterionId, type CriterionKind, criterionById } from '@/lib/gate/criteria'
import { decideSignOff } from '@/lib/gate/decide-sign-off'
import type { GateFacts, SignOffFact } from '@/lib/gate/facts'
import type { Gate, Verdict } from '@/lib/gate/gate'
import { isRecordCriterion, type RecordCriterion } from '@/lib/gate/records'

export type May = { readonly allowed: true } | { readonly allowed: false; readonly because: string }

export type Vote = {
  readonly id: string
  readonly name: string
  readonly role: string
  readonly verdict: 'yes' | 'no'
  readonly statement: string
  readonly at: Date
  /** Why it no longer counts; null while it does. */
  readonly ended: string | null
}

/** What the viewer can do about a criterion, with why not where they hold a role that it names. */
export type Act =
  | {
      readonly kind: 'decide'
      readonly may: May
      /** Digest of what the viewer now looks at. */
      readonly seen: string
      readonly own: { readonly signOffId: string; readonly verdict: 'yes' | 'no' } | null
      /** What changed since their own last yes, which therefore no longer counts. */
      readonly changed: { readonly what: string; readonly since: Date } | null
    }
  | { readonly kind: 'record'; readonly form: RecordCriterion; readonly content: unknown }

export type PanelRow = Verdict & {
  readonly kind: CriterionKind | 'condition'
  readonly quorum: number
  /** "QA: QA analyst": the people who could clear it now. */
  readonly clearers: string | null
  readonly votes: readonly Vote[]
  readonly act: Act | null
}

export type Viewer = { readonly userId: string; readonly roles: readonly Role[] } | null
type Known = Criterion & { readonly id: CriterionId }

/** The gate as a viewer sees it: every verdict, who can clear it, and what they themselves can do about it. */
export function gatePanel(
  facts: GateFacts,
  gate: Pick<Gate, 'verdicts'>,
  holders: readonly Holder[],
  viewer: Viewer,
): PanelRow[] {
  return gate.verdicts.map(verdict => {
    const criterion = criterionById(verdict.id)
    if (!criterion) return { ...verdict, kind: 'condition', quorum: 1, clearers: null, votes: [], act: null }
    return {
      ...verdict,
      kind: criterion.kind,
      quorum: criterion.quorum ?? 1,
      clearers: whoCanClear(criterion, facts, holders),
      votes: (facts.signOffs[criterion.id] ?? []).map(vote => voteOf(vote, facts)),
      act: actOf(criterion, facts, viewer),
    }
  })
}

/** A gate that is history: as it was decided, else as it stands now without the conditions that the end of the ticket itself changed. */
export function verdictsThen(
  now: readonly Verdict[],
  decision: { readonly verdicts: unknown } | null,
): readonly Verdict[] {
  const decided = Array.isArray(decision?.verdicts) ? decision.verdicts : []
  if (decided.length === 0) return now.filter(({ id }) => id !== 'ticket' && id !== 'environment')
  const date = (value: unknown) => (typeof value === 'string' ? new Date(value) : null)
  return decided.map(verdict => ({ ...verdict, at: date(verdict.at), earliest: date(verdict.earliest) }))
}

const mostNames = 4

function whoCanClear(criterion: Known, facts: GateFacts, holders: readonly Holder[]): string {
  const decides = criterion.kind === 'sign-off' || criterion.kind === 'approval'
  const voted = (facts.signOffs[criterion.id] ?? []).filter(vote => voteOf(vote, facts).ended === null)
  const barred = new Set(decides ? [...facts.conflicts, ...voted].map(({ userId }) => userId) : [])
  const able = holders.filter(
    ({ userId, roles }) => roles.some(role => criterion.roles.includes(role)) && !barred.has(userId),
  )
  return `${namesOf(criterion.roles)}: ${people(able)}`
}

/** "QA analyst", "QA analyst · Release manager", "6 people". */
export function people(list: readonly { readonly name: string }[]): string {
  if (list.length === 0) return 'nobody now; an administrator has to name somebody'
  return list.length > mostNames ? `${list.length} people` : list.map(({ name }) => name).join(' · ')
}

function voteOf(vote: SignOffFact, facts: GateFacts): Vote {
  const { id, userName, role, verdict, statement, givenAt } = vote
  const changed = changedSince(vote.covered, facts.content)
  const lost = vote.holdsRole ? null : 'the role is no longer held'
  const barred = facts.conflicts.find(conflict => conflict.userId === vote.userId)?.because ?? null
  const ended = vote.endedAt ? (vote.endedBecause ?? 'ended') : changed ? `${changed} changed` : (lost ?? barred)
  return { id, name: userName, role: roleLabels[role] ?? role, verdict, statement, at: givenAt, ended }
}

function actOf(criterion: Known, facts: GateFacts, viewer: Viewer): Act | null {
  if (!viewer?.roles.some(role => criterion.roles.includes(role))) return null
  if (isRecordCriterion(criterion.id)) {
    if (!facts.ticketOpen || facts.busy) return null
    return { kind: 'record', form: criterion.id, content: facts.records[criterion.id]?.content ?? null }
  }
  if (criterion.kind === 'evidence' || !facts.ticketOpen) return null
  const mine = (facts.signOffs[criterion.id] ?? []).filter(vote => vote.userId === viewer.userId)
  const standing = mine.find(vote => vote.endedAt === null && changedSince(vote.covered, facts.content) === null)
  const seen = coveredDigest(covered(criterion.id, facts.content))
  const other = standing?.verdict === 'yes' ? 'no' : 'yes'
  const asked = { userId: viewer.userId, verdict: other, statement: 'a reason', seen } as const
  const decided = decideSignOff(criterion, facts, asked)
  return {
    kind: 'decide',
    may: decided.ok ? { allowed: true } : { allowed: false, because: decided.refusal.message },
    seen,
    own: standing ? { signOffId: standing.id, verdict: standing.verdict } : null,
    changed: standing ? null : changedSinceYes(mine, facts),
  }
}

function changedSinceYes(mine: readonly SignOffFact[], facts: GateFacts): { what: string; since: Date } | null {
  const last = mine.filter(vote => vote.verdict === 'yes').at(-1)
  const what = last && changedSince(last.covered, facts.content)
  if (last && what) return { what, since: last.givenAt }
  if (!last?.endedBecause?.endsWith(' changed')) return null
  return { what: last.endedBecause.replace(/ changed$/, ''), since: last.givenAt }
}

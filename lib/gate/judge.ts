import { changedSince } from './covered'
import type { Criterion, CriterionId } from './criteria'
import type { GateFacts, SignOffFact } from './facts'
import type { Because, Verdict } from './gate'
import { judgeRecord } from './judge-record'

type Known = Criterion & { readonly id: CriterionId }
export type Judgement = Pick<Verdict, 'met' | 'because' | 'sentence'> &
  Partial<Pick<Verdict, 'by' | 'at' | 'link' | 'earliest'>>

/** Whether one criterion is met by the facts, and the sentence that says so. */
export function judge(criterion: Known, facts: GateFacts): Verdict {
  const base = { id: criterion.id, label: criterion.label, section: criterion.section, roles: criterion.roles }
  return { ...base, by: null, at: null, link: null, earliest: null, ...judgeBy[criterion.kind](criterion, facts) }
}

const judgeBy: Record<Criterion['kind'], (criterion: Known, facts: GateFacts) => Judgement> = {
  evidence: judgeEvidence,
  'sign-off': (criterion, facts) => judgeVotes(criterion, facts, 1),
  approval: (criterion, facts) => judgeVotes(criterion, facts, criterion.quorum ?? 1),
  record: judgeRecord,
}

export const unmet = (because: Because, sentence: string): Judgement => ({ met: false, because, sentence })

function judgeEvidence(criterion: Known, facts: GateFacts): Judgement {
  const evidence = facts.evidence[criterion.id]
  if (!evidence) return unmet('missing', `Nothing reported for this commit yet. ${criterion.clearedBy}`)
  const { link, source, receivedAt } = evidence
  const told = { sentence: evidence.summary, by: source, at: receivedAt, link }
  return evidence.outcome === 'pass'
    ? { met: true, because: null, ...told }
    : { met: false, because: 'failing', ...told }
}

function judgeVotes(criterion: Known, facts: GateFacts, quorum: number): Judgement {
  const votes = facts.signOffs[criterion.id] ?? []
  const standing = votes.filter(vote => vote.endedAt === null && changedSince(vote.covered, facts.content) === null)
  const no = standing.find(vote => vote.verdict === 'no')
  if (no) return { ...unmet('refused', `${no.userName} refused: “${no.statement}”`), by: no.userName, at: no.givenAt }
  const yes = distinctPeople(standing.filter(vote => vote.verdict === 'yes' && mayCount(vote, facts)))
  const last = yes.at(-1)
  if (yes.length >= quorum && last) {
    const who = yes.map(vote => vote.userName).join(', ')
    return {
      met: true,
      because: null,
      sentence: quorum === 1 ? `Signed for this content` : `${yes.length} of ${quorum} votes`,
      by: who,
      at: last.givenAt,
    }
  }
  return awaiting(criterion, facts, votes, yes.length, quorum)
}

function awaiting(
  criterion: Known,
  facts: GateFacts,
  votes: readonly SignOffFact[],
  yes: number,
  quorum: number,
): Judgement {
  const eligible = facts.eligible[criterion.id] ?? 0
  if (eligible < quorum) {
    const people = eligible === 0 ? 'nobody' : eligible === 1 ? 'only one person' : `only ${eligible} people`
    return unmet(
      'unreachable',
      `It takes ${quorum === 1 ? 'one person' : `${quorum} people`}, and ${people} may: an administrator has to give the role to more.`,
    )
  }
  const lost = votes.filter(vote => vote.verdict === 'yes' && (vote.endedAt === null || isVoid(vote))).at(-1)
  const changed = lost && (lost.endedBecause ?? whyNotCounted(lost, facts))
  if (lost && changed && yes < quorum) return unmet('void', `${lost.userName}'s yes no longer counts: ${changed}.`)
  return unmet('awaiting', quorum === 1 ? criterion.clearedBy : `${yes} of ${quorum} votes. ${criterion.clearedBy}`)
}

const isVoid = (vote: SignOffFact) => vote.endedBecause !== null && vote.endedBecause !== 'withdrawn'

function whyNotCounted(vote: SignOffFact, facts: GateFacts): string | null {
  const changed = changedSince(vote.covered, facts.content)
  if (changed) return `${changed} changed`
  if (!vote.holdsRole) return 'the role is no longer held'
  return facts.conflicts.find(conflict => conflict.userId === vote.userId)?.because ?? null
}

const mayCount = (vote: SignOffFact, facts: GateFacts): boolean => whyNotCounted(vote, facts) === null

/** One person counts once, however many roles (DESIGN 3.4). */
function distinctPeople(votes: readonly SignOffFact[]): readonly SignOffFact[] {
  return [...new Map(votes.map(vote => [vote.userId, vote])).values()]
}

import { ok, type Result, refuse } from '@/lib/kernel/result'
import { changedSince, covered, coveredDigest } from './covered'
import type { Criterion, CriterionId } from './criteria'
import type { GateFacts } from './facts'
import { isBlank } from './statement'

export type Decision = {
  readonly userId: string
  readonly verdict: 'yes' | 'no'
  readonly statement: string
  /** Covered digest of what the person looked at. */
  readonly seen: string
}

/** `already`: the same decision stands, so that a second click is no second vote. `replaces`: their other decision, to be ended. */
export type Decided = { readonly already: string | null; readonly replaces: string | null }

/** Whether a person may decide so, now. */
export function decideSignOff(
  criterion: Criterion & { readonly id: CriterionId },
  facts: GateFacts,
  decision: Decision,
): Result<Decided> {
  if (criterion.kind !== 'sign-off' && criterion.kind !== 'approval') {
    return refuse('invalid', `“${criterion.label}” is not decided by a person. ${criterion.clearedBy}`)
  }
  if (criterion.hop !== facts.hop) return refuse('invalid', `“${criterion.label}” does not belong to this gate.`)
  if (!facts.ticketOpen) return refuse('conflict', 'This ticket is closed: nothing can be decided on it any more.')
  const conflict = facts.conflicts.find(one => one.userId === decision.userId)
  if (conflict) {
    const because = conflict.because.replace('they ', 'you ')
    return refuse('not-allowed', `You cannot decide on “${criterion.label}”: ${because}. Somebody else has to.`)
  }
  if (decision.verdict === 'no' && isBlank(decision.statement)) {
    return refuse('invalid', 'Say why you refuse: the people who have to mend it will read it.', { field: 'statement' })
  }
  const standing = (facts.signOffs[criterion.id] ?? []).find(
    vote =>
      vote.userId === decision.userId && vote.endedAt === null && changedSince(vote.covered, facts.content) === null,
  )
  if (standing?.verdict === decision.verdict) return ok({ already: standing.id, replaces: null })
  if (decision.seen !== coveredDigest(covered(criterion.id, facts.content))) {
    return refuse(
      'stale',
      'This ticket changed while you were looking at it. Nothing was recorded: look again, then decide.',
    )
  }
  if (facts.busy)
    return refuse('conflict', `${facts.busy.ticket} is being promoted right now: a decision would come too late.`)
  const anyStanding = (facts.signOffs[criterion.id] ?? []).find(
    vote => vote.userId === decision.userId && vote.endedAt === null,
  )
  return ok({ already: null, replaces: anyStanding?.id ?? null })
}

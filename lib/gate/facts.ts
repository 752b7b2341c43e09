import type { Role } from '@/lib/access/roles'
import type { Hop } from '@/lib/environment/hop'
import type { Content } from './covered'
import type { CriterionId } from './criteria'

export type EvidenceFact = {
  readonly outcome: 'pass' | 'fail'
  readonly summary: string
  readonly link: string | null
  readonly source: string
  readonly receivedAt: Date
}

export type SignOffFact = {
  readonly id: string
  readonly verdict: 'yes' | 'no'
  readonly userId: string
  readonly userName: string
  readonly role: Role
  readonly statement: string
  readonly covered: Partial<Content>
  readonly givenAt: Date
  readonly endedAt: Date | null
  readonly endedBecause: string | null
  /** Whether the giver still holds a role that the criterion names, now. */
  readonly holdsRole: boolean
}

export type RecordFact = { readonly content: unknown; readonly madeBy: string; readonly madeAt: Date }

/** A person who may not approve, and why: the requester, the last to change the ticket, an author of a commit inside (DESIGN 3.4). */
export type Conflict = { readonly userId: string; readonly because: string }

/** All that a gate's answer depends on. Loaded under the hop's lock; `evaluateGate` reads nothing else. */
export type GateFacts = {
  readonly now: Date
  readonly hop: Hop
  readonly content: Content
  readonly releaseNumber: string
  readonly ticketOpen: boolean
  /** When this very release digest succeeded in the source tier; null when it has not. Dev holds what it was read from. */
  readonly arrivedInSource: Date | null
  readonly evidence: Partial<Record<CriterionId, EvidenceFact>>
  readonly signOffs: Partial<Record<CriterionId, readonly SignOffFact[]>>
  readonly records: Partial<Record<CriterionId, RecordFact>>
  /** Mails of the announcement: what really went out. */
  readonly announcement: { readonly sent: number; readonly waiting: number; readonly failed: number }
  readonly conflicts: readonly Conflict[]
  /** How many distinct people could approve now, conflicts left out. */
  readonly eligible: Partial<Record<CriterionId, number>>
  readonly plan: { readonly rules: string; readonly blockers: readonly string[] } | null
  /** A promotion that runs into the same environment. */
  readonly busy: { readonly ticket: string; readonly since: Date } | null
}

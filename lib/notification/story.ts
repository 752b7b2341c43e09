import type { Hop } from '@/lib/environment/hop'
import type { CriterionId } from '@/lib/gate/criteria'

export type Ending = 'succeeded' | 'failed' | 'errored' | 'partial' | 'cancelled' | 'unknown'

/** What happened, with what a reader has to know of it. */
export type Told =
  | { readonly kind: 'ticket-created'; readonly open: readonly CriterionId[]; readonly barred: readonly string[] }
  | { readonly kind: 'ticket-cancelled'; readonly by: string; readonly because: string }
  | { readonly kind: 'stage-started'; readonly by: string; readonly at: Date; readonly writes: number | null }
  | {
      readonly kind: 'stage-ended'
      readonly ending: Ending
      readonly message: string | null
      readonly at: Date
      readonly passed: number
      readonly checks: number
    }
  | { readonly kind: 'ticket-closed'; readonly by: string; readonly deployedAt: Date | null }
  | {
      readonly kind: 'announcement'
      readonly by: string
      readonly subject: string
      readonly text: string
      readonly window: { readonly start: Date; readonly end: Date; readonly zone: string } | null
      readonly onCall: { readonly person: string; readonly contact: string } | null
    }

/** A ticket and one event of it, as mails tell them. */
export type Story = {
  readonly number: string
  readonly hop: Hop
  readonly project: string
  readonly zone: string
  readonly release: { readonly number: string; readonly title: string }
  readonly requestedBy: string
  readonly from: string
  readonly to: string
  /** Address of the ticket's page. */
  readonly link: string
  readonly told: Told
}

/** A check that said no, or a machine that broke; what did not run, or was refused, is neither (DESIGN 3.14). */
export const hasFailed = (told: Told): boolean =>
  told.kind === 'stage-ended' && ['failed', 'errored', 'partial', 'unknown'].includes(told.ending)

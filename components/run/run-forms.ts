import type { FormAction } from '@/components/form/action-state'

/** What a person can do about a run whose end is unknown. */
export type RunActions = {
  readonly lookAgain: FormAction<{ promotionId: string }>
  readonly giveUp: FormAction<{ phase: 'partial' | 'errored' }>
}

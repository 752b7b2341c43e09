import type { FormAction } from '@/components/form/action-state'
import type { Changed } from '@/lib/gate/commands/change-variables'

/** The server actions of the configuration page. */
export type ConfigurationActions = {
  readonly saveVariable: FormAction<Changed>
  readonly fillValue: FormAction<Changed>
  readonly removeVariable: FormAction<Changed>
  readonly saveRule: FormAction<Changed>
  readonly removeRule: FormAction<Changed>
}

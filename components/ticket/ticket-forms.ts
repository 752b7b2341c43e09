import type { FormAction } from '@/components/form/action-state'
import type { GateActions } from '@/components/gate/gate-forms'

/** The server actions of the ticket page. */
export type TicketActions = GateActions & {
  readonly promote: FormAction<{ promotionId: string }>
  readonly close: FormAction<{ ticketId: string }>
  readonly cancel: FormAction<{ ticketId: string }>
}

import type { FormAction } from '@/components/form/action-state'
import type { TicketView } from '@/lib/ticket/queries'

/** The server actions that the gate's forms post to. */
export type GateActions = {
  readonly signOff: FormAction
  readonly withdraw: FormAction
  readonly makeRecord: FormAction
}
export type GateTicket = Pick<
  TicketView,
  'id' | 'number' | 'now' | 'project' | 'from' | 'to' | 'release' | 'window' | 'hop' | 'gate'
>

import type { FormAction } from '@/components/form/action-state'
import type { CriterionSignedOff } from '@/lib/gate/commands/sign-off-criterion'
import type { TicketView } from '@/lib/ticket/queries'

/** The server actions that the gate's forms post to. */
export type GateActions = {
  readonly signOff: FormAction<CriterionSignedOff>
  readonly withdraw: FormAction<{ signOffId: string }>
  readonly makeRecord: FormAction<{ recordId: string }>
}
export type GateTicket = Pick<
  TicketView,
  'id' | 'number' | 'now' | 'project' | 'from' | 'to' | 'release' | 'window' | 'hop' | 'gate' | 'can'
>

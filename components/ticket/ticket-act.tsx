import { ActionForm } from '@/components/form/action-form'
import { SubmitButton } from '@/components/form/submit-button'
import { ShutAction } from '@/components/ui/shut-action'
import type { TicketView } from '@/lib/ticket/queries'
import { PromotePanel } from './promote-panel'
import type { TicketActions } from './ticket-forms'

/** What the review panel restates besides the ticket itself. */
export type Reviewed = { readonly plan: string | null; readonly counts: string | null; readonly told: string }

type TicketActProps = { ticket: TicketView; reviewed: Reviewed; actions: TicketActions }

/** The one primary action of a ticket as it is now. */
export function TicketAct({ ticket, reviewed, actions }: TicketActProps) {
  const { promote, close } = ticket.can
  const verb = isRetry(ticket) ? 'Retry promotion' : 'Promote'
  if (promote?.allowed) return <PromotePanel ticket={ticket} verb={verb} reviewed={reviewed} action={actions.promote} />
  if (promote)
    return (
      <ShutAction href="#gate" because={promote.because}>
        {verb} to {ticket.to.label}
      </ShutAction>
    )
  if (close?.allowed)
    return (
      <ActionForm action={actions.close} label="Close ticket" hidden={{ ticketId: ticket.id }}>
        <SubmitButton pending="Closing">Close ticket</SubmitButton>
      </ActionForm>
    )
  if (close)
    return (
      <ShutAction href="#tasks" because={close.because}>
        Close ticket
      </ShutAction>
    )
  return null
}

const isRetry = ({ status }: TicketView) => status === 'failed' || status === 'errored' || status === 'partial'

import { ActionForm } from '@/components/form/action-form'
import { SubmitButton } from '@/components/form/submit-button'
import { Textarea } from '@/components/form/textarea'
import { Dialog, DialogCancel } from '@/components/ui/dialog'
import type { TicketView } from '@/lib/ticket/queries'
import type { TicketActions } from './ticket-forms'

type CancelTicketProps = {
  ticket: Pick<TicketView, 'id' | 'number' | 'release' | 'to'>
  action: TicketActions['cancel']
}

export function CancelTicket({ ticket, action }: CancelTicketProps) {
  const { id, number, release, to } = ticket
  return (
    <Dialog trigger="Cancel ticket…" title={`Cancel ${number}?`} size="sm">
      <p className="mb-3 text-ink-muted">
        Release {release.number} will not go to {to.label} with this ticket. Decisions and records stay readable, and
        those concerned are told.
      </p>
      <ActionForm action={action} label="Cancel ticket" hidden={{ ticketId: id }}>
        <Textarea name="reason" label="Reason" rows={3} maxLength={2000} />
        <div className="flex flex-wrap justify-end gap-2">
          <DialogCancel>Keep ticket</DialogCancel>
          <SubmitButton pending="Cancelling" variant="danger">
            Cancel ticket
          </SubmitButton>
        </div>
      </ActionForm>
    </Dialog>
  )
}

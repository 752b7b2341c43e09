import { ActionForm } from '@/components/form/action-form'
import type { FormAction } from '@/components/form/action-state'
import { SubmitButton } from '@/components/form/submit-button'
import { ShutAction } from '@/components/ui/shut-action'
import type { ReleaseView } from '@/lib/insight/release/queries'

type NextTicketProps = {
  release: Pick<ReleaseView, 'id' | 'next'>
  action: FormAction<{ ticketId: string; number: number }>
}

/** The ticket that can be opened next for a release, or why not by this person. */
export function NextTicket({ release: { id, next }, action }: NextTicketProps) {
  if (!next) return null
  const act = `Open a ticket to ${next.into}`
  if (next.because) return <ShutAction because={next.because}>{act}</ShutAction>
  return (
    <ActionForm action={action} label={act} hidden={{ releaseId: id, hop: next.hop }}>
      <SubmitButton pending="Opening">{act}</SubmitButton>
    </ActionForm>
  )
}

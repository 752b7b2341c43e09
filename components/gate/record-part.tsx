import { ActionForm } from '@/components/form/action-form'
import { SubmitButton } from '@/components/form/submit-button'
import { Disclosure } from '@/components/ui/disclosure'
import type { RecordCriterion } from '@/lib/gate/records'
import type { Act, PanelRow } from '@/lib/ticket/gate-panel'
import type { GateActions, GateTicket } from './gate-forms'
import { RecordFields } from './record-fields'

type RecordPartProps = {
  row: PanelRow
  act: Extract<Act, { kind: 'record' }>
  ticket: GateTicket
  actions: GateActions
}

type Words = { readonly first: string; readonly again: string; readonly submit: string; readonly pending: string }

const words: Readonly<Record<RecordCriterion, Words>> = {
  'release-notes': {
    first: 'Confirm the release notes',
    again: 'Rewrite the release notes',
    submit: 'Save release notes',
    pending: 'Saving',
  },
  'rollback-plan': {
    first: 'Write the rollback plan',
    again: 'Rewrite the rollback plan',
    submit: 'Save rollback plan',
    pending: 'Saving',
  },
  'deployment-window': {
    first: 'Confirm a window',
    again: 'Choose another window',
    submit: 'Confirm window',
    pending: 'Confirming',
  },
  'on-call': { first: 'Name who is on call', again: 'Name somebody else', submit: 'Save on-call', pending: 'Saving' },
  communication: {
    first: 'Write the announcement',
    again: 'Send another announcement',
    submit: 'Send announcement',
    pending: 'Sending',
  },
}

/** The form of a record: what is there can be read and written anew. */
export function RecordPart({ row, act, ticket, actions }: RecordPartProps) {
  const { first, again, submit, pending } = words[act.form]
  const isThere = act.content !== null
  const summary = <span className={isThere ? undefined : 'font-medium text-ink'}>{isThere ? again : first}</span>
  return (
    <Disclosure summary={summary}>
      <div className="text-ink">
        <ActionForm
          action={actions.makeRecord}
          label={row.label}
          hidden={{ ticketId: ticket.id, criterion: act.form }}
          warns
        >
          <RecordFields form={act.form} content={act.content} ticket={ticket} />
          <SubmitButton pending={pending}>{submit}</SubmitButton>
        </ActionForm>
      </div>
    </Disclosure>
  )
}

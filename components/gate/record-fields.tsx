import type { ReactNode } from 'react'
import { Select } from '@/components/form/select'
import { TextInput } from '@/components/form/text-input'
import { Textarea } from '@/components/form/textarea'
import { type RecordCriterion, recordSchemas } from '@/lib/gate/records'
import { windowFields } from '@/lib/ticket/window-form'
import type { GateTicket } from './gate-forms'
import { windowWords } from './window-words'

type RecordFieldsProps = { form: RecordCriterion; content: unknown; ticket: GateTicket }
type FieldsProps = Omit<RecordFieldsProps, 'form'>

export function RecordFields({ form, ...rest }: RecordFieldsProps) {
  const Fields = fieldsOf[form]
  return <Fields {...rest} />
}

const fieldsOf: Readonly<Record<RecordCriterion, (props: FieldsProps) => ReactNode>> = {
  'release-notes': ReleaseNotes,
  'rollback-plan': RollbackPlan,
  'deployment-window': WindowFields,
  'on-call': OnCall,
  communication: Announcement,
}

function ReleaseNotes({ content, ticket }: FieldsProps) {
  const known = recordSchemas['release-notes'].safeParse(content).data
  return (
    <Textarea
      name="text"
      label="Release notes"
      hint="In words that business users understand."
      rows={8}
      defaultValue={known?.text ?? ticket.release.notes}
    />
  )
}

const methods = recordSchemas['rollback-plan'].shape.method.options.map(value => ({ value, label: value }))

function RollbackPlan({ content }: FieldsProps) {
  const known = recordSchemas['rollback-plan'].safeParse(content).data
  return (
    <>
      <Select
        name="method"
        label="Method"
        options={methods}
        prompt="Choose how to go back"
        defaultValue={known?.method}
      />
      <Textarea name="steps" label="Steps" hint="What is done, in which order." rows={5} defaultValue={known?.steps} />
      <TextInput
        name="decidedBy"
        label="Who decides"
        hint="The person or role that decides to go back."
        defaultValue={known?.decidedBy}
      />
    </>
  )
}

function WindowFields({ content, ticket }: FieldsProps) {
  const { zone } = ticket.project
  const window = recordSchemas['deployment-window'].safeParse(content).data
  const known = window && windowFields(window, zone)
  return (
    <>
      <input type="hidden" name="zone" value={zone} />
      <TextInput name="date" label="Date" type="date" hint={`The day in ${zone}.`} defaultValue={known?.date} />
      <TextInput
        name="from"
        label="From"
        type="time"
        hint={`${ticket.to.label} is touched no earlier, by the clocks of ${zone}.`}
        defaultValue={known?.from}
      />
      <TextInput
        name="to"
        label="To"
        type="time"
        hint="A time before the start means the next day."
        defaultValue={known?.to}
      />
    </>
  )
}

function OnCall({ content }: FieldsProps) {
  const known = recordSchemas['on-call'].safeParse(content).data
  return (
    <>
      <TextInput name="person" label="Person" hint="On call during the window." defaultValue={known?.person} />
      <TextInput name="contact" label="Contact" hint="Telephone or channel." defaultValue={known?.contact} />
    </>
  )
}

function Announcement({ content, ticket }: FieldsProps) {
  const known = recordSchemas.communication.safeParse(content).data
  const { project, release, to } = ticket
  const subject = `${project.name} ${release.number} goes to ${to.label}`
  const when = ticket.window ? `When: ${windowWords(ticket)}.\n\n` : ''
  const text = `${release.title}\n\n${when}What is new:\n${release.notes}`
  return (
    <>
      <TextInput name="subject" label="Subject" defaultValue={known?.subject ?? subject} />
      <Textarea
        name="text"
        label="Text"
        hint="Sent by mail to the stakeholders, business users and release managers of the project."
        rows={8}
        defaultValue={known?.text ?? text}
      />
    </>
  )
}

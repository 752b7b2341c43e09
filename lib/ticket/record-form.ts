import { z } from 'zod'
import type { MakeRecord } from '@/lib/gate/commands/make-record'
import { isRecordCriterion, recordSchemas } from '@/lib/gate/records'
import { fieldErrors } from '@/lib/kernel/fields'
import { readWindow } from './window-form'

const text = (value: unknown) => (typeof value === 'string' ? value : '')

/** A record as a form sends it: one field for each thing to say. A window comes as local times and leaves as instants. */
export const RecordForm = z
  .looseObject({ ticketId: z.guid(), criterion: z.string() })
  .transform(({ ticketId, criterion, ...fields }, context): z.infer<typeof MakeRecord> => {
    const refuse = (field: string, message: string) => {
      context.addIssue({ code: 'custom', path: [field], message })
      return z.NEVER
    }
    if (!isRecordCriterion(criterion)) return refuse('criterion', 'There is no such record.')
    const content = criterion === 'deployment-window' ? windowContent(fields) : { ok: true as const, content: fields }
    if (!content.ok) return refuse(content.field, content.message)
    const parsed = recordSchemas[criterion].safeParse(content.content)
    if (parsed.success) return { ticketId, criterion, content: parsed.data }
    const errors = fieldErrors(parsed.error.issues)
    for (const [field, messages] of Object.entries(errors)) refuse(field, messages.join(' '))
    return z.NEVER
  })

function windowContent(fields: Readonly<Record<string, unknown>>) {
  const zone = text(fields.zone)
  const read = readWindow({ date: text(fields.date), from: text(fields.from), to: text(fields.to), zone })
  return read.ok ? { ok: true as const, content: { start: read.start, end: read.end, zone } } : read
}

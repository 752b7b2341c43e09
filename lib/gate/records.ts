import { z } from 'zod'
import type { CriterionId } from './criteria'

const sentence = z.string().trim().min(3, 'Write at least a few words.').max(4_000)
const instant = z.iso.datetime({ error: 'Give a date and a time.' })

/** What each kind of record holds; the forms use the same schemas. */
export const recordSchemas = {
  'release-notes': z.strictObject({ text: sentence }),
  'rollback-plan': z.strictObject({
    method: z.enum(['Git revert', 'Deployment pipeline', 'Backup restore'], 'Choose how to go back.'),
    steps: sentence,
    decidedBy: z.string().trim().min(2, 'Say who decides.').max(200),
  }),
  'deployment-window': z
    .strictObject({ start: instant, end: instant, zone: z.string().trim().min(1).max(64) })
    .refine(window => window.end > window.start, { path: ['end'], error: 'The end has to be after the start.' }),
  'on-call': z.strictObject({
    person: z.string().trim().min(2, 'Name who is on call.').max(200),
    contact: z.string().trim().min(3, 'Say how to reach them.').max(200),
  }),
  communication: z.strictObject({
    subject: z
      .string()
      .trim()
      .min(3, 'Write a subject.')
      .max(200)
      .regex(/^[^\p{Cc}]*$/u, 'The subject has to be one line.'),
    text: sentence,
  }),
} as const satisfies Partial<Record<CriterionId, z.ZodType>>

export type RecordCriterion = keyof typeof recordSchemas
export const isRecordCriterion = (id: string): id is RecordCriterion => id in recordSchemas
export type DeploymentWindow = z.infer<(typeof recordSchemas)['deployment-window']>

/** The window as one text, to compare what a vote was given for. */
export const windowText = (window: DeploymentWindow | null): string | null =>
  window ? `${window.start}/${window.end}` : null

import { z } from 'zod'
import { criteria } from './criteria'

const reported = criteria.filter(criterion => criterion.kind === 'evidence' && criterion.source === 'pipeline')

/** The criteria that a build pipeline reports. */
export const pipelineCriteria: readonly string[] = reported.map(criterion => criterion.id)

/** True when a text holds a control character other than a line's end or a tab, or half a surrogate pair. */
const isUnprintable = (text: string) => /(?![\n\r\t])\p{Cc}/u.test(text) || !text.isWellFormed()

/** What a pipeline hands in about one commit. */
export const EvidenceInput = z.strictObject({
  commit: z
    .string()
    .regex(/^[0-9a-f]{40}$/, 'The commit has to be its full id: 40 hexadecimal digits in lower case.')
    .describe('The full id of the commit that was examined.'),
  criterion: z.enum(pipelineCriteria, `The criterion has to be one of: ${pipelineCriteria.join(', ')}.`),
  outcome: z.enum(['pass', 'fail']),
  summary: z
    .string()
    .trim()
    .min(1)
    .max(500)
    .refine(text => !isUnprintable(text), 'The summary holds a control character.')
    .describe('One sentence for the gate panel.'),
  link: z
    .url({ protocol: /^https?$/, hostname: z.regexes.hostname, error: 'The link has to be an http or https address.' })
    .max(2_000)
    .optional()
    .describe('Where the whole result can be read.'),
})
export type EvidenceInput = z.infer<typeof EvidenceInput>

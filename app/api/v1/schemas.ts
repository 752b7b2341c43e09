import { z } from 'zod'

const instant = z.iso.datetime()

export const ReleaseAnswer = z.object({
  id: z.guid(),
  number: z.string().describe('Year, month and running number, such as 2026.11.4.'),
  title: z.string(),
  project: z.object({ id: z.guid(), slug: z.string(), name: z.string() }),
  commit: z.string(),
  branch: z.string(),
  digest: z.string().describe('One hash over items, paths and bytes.'),
  createdAt: instant,
  deployedTo: z.array(z.string()).describe('The tiers that hold this release now.'),
})

export const ReleasesAnswer = z.object({
  releases: z.array(ReleaseAnswer),
  next: z.string().nullable().describe('Give it as `after` to read on; null at the end.'),
})

export const ReleasesQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(50),
  after: z.string().max(200).optional(),
})

export const GateAnswer = z.object({
  ticket: z.string(),
  hop: z.string(),
  release: z.string(),
  open: z.boolean(),
  verdicts: z.array(
    z.object({
      id: z.string(),
      label: z.string(),
      section: z.string(),
      met: z.boolean(),
      because: z.string().nullable(),
      sentence: z.string(),
      by: z.string().nullable(),
      at: instant.nullable(),
      link: z.string().nullable(),
      roles: z.array(z.string()),
      earliest: instant.nullable(),
    }),
  ),
})

export const GateQuery = z.strictObject({ ticket: z.string().max(32).describe('The number of a ticket: CHG-0001.') })

export const EvidenceAnswer = z.object({ id: z.guid() })

export const ProblemAnswer = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: z.string(),
  facts: z.record(z.string(), z.unknown()).optional(),
})

import { z } from 'zod'

/** Into Prod people also type the name of the workspace, so that nobody starts it by a slip of the hand. */
export const PromoteForm = z
  .strictObject({
    ticketId: z.guid(),
    plan: z.string().optional(),
    target: z.string().optional(),
    workspace: z.string().trim().optional(),
  })
  .refine(({ target, workspace }) => target === undefined || workspace === target, {
    path: ['workspace'],
    error: 'Type the name of the workspace exactly as it is written above.',
  })
  .transform(({ ticketId, plan }) => ({ ticketId, plan }))

'use server'

import { z } from 'zod'
import { makeToken } from '@/lib/access/commands/make-token'
import { revokeToken } from '@/lib/access/commands/revoke-token'
import { tokenScopes } from '@/lib/access/tokens'
import { action } from '@/lib/http/action'

const makeTokenSchema = z.object({
  projectId: z.guid('Choose a project.'),
  name: z.string().trim().min(1, 'Give the token a name.').max(80, 'At most 80 characters.'),
  scopes: z.preprocess(
    given => (given === undefined ? [] : [given].flat()),
    z.array(z.enum(tokenScopes)).min(1, 'Choose what the token may do.'),
  ),
  days: z.coerce.number('Choose for how long.').int().min(1).max(366),
})

export const makeTokenAction = action(makeTokenSchema, makeToken, {
  said: ({ token }) => `Copy the token now, it is shown only once: ${token}`,
})

export const revokeTokenAction = action(z.object({ tokenId: z.guid() }), revokeToken)

import { z } from 'zod'
import { command } from '@/lib/audit/command'
import { record } from '@/lib/audit/record'
import type { Context } from '@/lib/db/context'
import { newId } from '@/lib/kernel/ids'
import { ok, type Result, refuse } from '@/lib/kernel/result'
import { authorise } from '../authorise'
import { mintToken, tokenScopes } from '../tokens'

const dayMs = 86_400_000

export const MakeToken = z.strictObject({
  projectId: z.guid(),
  name: z.string().trim().min(1).max(80),
  scopes: z.array(z.enum(tokenScopes)).min(1).max(tokenScopes.length),
  /** The criteria that it may report; empty: every one that a pipeline reports. */
  criteria: z.array(z.string().max(64)).max(32).default([]),
  days: z.coerce.number().int().min(1).max(366),
})

/** Makes a token for a build pipeline. Its text is in the answer and nowhere else. */
export async function makeToken(ctx: Context, input: unknown): Promise<Result<{ tokenId: string; token: string }>> {
  const parsed = MakeToken.safeParse(input)
  if (!parsed.success)
    return refuse('invalid', 'The token cannot be made like this.', {
      fields: z.flattenError(parsed.error).fieldErrors,
    })
  const { projectId, name, scopes, criteria, days } = parsed.data
  const about = { name: 'make a token', projectId }
  return command(ctx, about, async (tx, now) => {
    const may = await authorise(tx, ctx.actor, projectId, 'change-tokens', about.name)
    if (!may.ok) return may
    const { text, hash } = mintToken()
    const id = newId()
    const expiresAt = new Date(now.getTime() + days * dayMs)
    await tx.apiToken.create({
      data: { id, projectId, name, hash, scopes, criteria, createdBy: ctx.actor.name, createdAt: now, expiresAt },
    })
    const details = { name, scopes, criteria, expiresAt }
    await record(tx, ctx.actor, { action: 'token.made', projectId, details })
    return ok({ tokenId: id, token: text })
  })
}

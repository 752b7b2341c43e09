import { z } from 'zod'
import { command } from '@/lib/audit/command'
import { record } from '@/lib/audit/record'
import type { Context } from '@/lib/db/context'
import { ok, type Result, refuse } from '@/lib/kernel/result'
import { authorise } from '../authorise'

export const RevokeToken = z.strictObject({ tokenId: z.guid() })

/** Ends a token at once. What it has reported stays. */
export async function revokeToken(ctx: Context, input: unknown): Promise<Result<{ tokenId: string }>> {
  const parsed = RevokeToken.safeParse(input)
  const token = parsed.success ? await ctx.db.apiToken.findUnique({ where: { id: parsed.data.tokenId } }) : null
  if (!token) return refuse('not-found', 'There is no such token.')
  const { id, projectId, name } = token
  const about = { name: 'revoke a token', projectId }
  return command(ctx, about, async (tx, now) => {
    const may = await authorise(tx, ctx.actor, projectId, 'change-tokens', about.name)
    if (!may.ok) return may
    const { count } = await tx.apiToken.updateMany({ where: { id, revokedAt: null }, data: { revokedAt: now } })
    if (count === 0) return refuse('conflict', `The token “${name}” was revoked before.`)
    await record(tx, ctx.actor, { action: 'token.revoked', projectId, details: { name } })
    return ok({ tokenId: id })
  })
}

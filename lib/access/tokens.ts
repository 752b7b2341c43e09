import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Tx } from '@/lib/db/client'
import type { Actor } from '@/lib/kernel/context'
import { ok, type Result, refuse } from '@/lib/kernel/result'

/** What a token may be let do. None of it signs off or approves: a token is not a person (DESIGN 3.4). */
export const tokenScopes = ['evidence:write', 'read'] as const
export type TokenScope = (typeof tokenScopes)[number]
export type TokenActor = Extract<Actor, { kind: 'token' }>

type Reader = Pick<Tx, 'apiToken'>

/** A new token: its text, shown once, and the hash that alone is stored. */
export function mintToken(): { readonly text: string; readonly hash: string } {
  const text = `gh_${randomBytes(32).toString('base64url')}`
  return { text, hash: hashOf(text) }
}

const hashOf = (text: string) => createHash('sha256').update(text).digest('hex')

/**
 * Who comes with an `Authorization` header. An unknown, an expired and a revoked token get the same answer. The lookup is by the hash of
 * 256 random bits, so that its time tells nothing of the text.
 */
export async function tokenActor(tx: Reader, authorization: string | null, now: Date): Promise<Result<TokenActor>> {
  const [, text] = /^Bearer (gh_[\w-]{43})$/i.exec(authorization ?? '') ?? []
  if (!text) return refuse('not-signed-in', 'Send a token of this project as “Authorization: Bearer gh_…”.')
  const hash = hashOf(text)
  const found = await tx.apiToken.findUnique({ where: { hash } })
  if (!found || !isSame(found.hash, hash) || !isValid(found, now))
    return refuse('not-signed-in', 'This token is unknown, expired or revoked. An administrator can make a new one.')
  const { id, name, projectId, scopes } = found
  return ok({ kind: 'token', id, name, projectId, scopes })
}

/** The token's row, read again at the moment of use: what it may do, and that it is still valid. */
export async function authoriseToken(
  tx: Reader,
  actor: TokenActor,
  scope: TokenScope,
  toDo: string,
  now: Date,
): Promise<Result<{ readonly criteria: readonly string[] }>> {
  const found = await tx.apiToken.findUnique({ where: { id: actor.id } })
  if (!found || !isValid(found, now)) return refuse('not-signed-in', 'This token is expired or revoked.')
  if (!found.scopes.includes(scope))
    return refuse('not-allowed', `This token cannot ${toDo}: it takes the scope ${scope}.`, { needs: scope })
  return ok({ criteria: found.criteria })
}

const isSame = (a: string, b: string) => a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b))
const isValid = (token: { revokedAt: Date | null; expiresAt: Date }, now: Date) =>
  token.revokedAt === null && token.expiresAt > now

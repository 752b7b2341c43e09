import { z } from 'zod'
import { ok, type Result, refuse } from '@/lib/kernel/result'

/** Who Entra says has signed in. `groups` is null when there were too many to fit in the token. */
export type Identity = {
  readonly tenantId: string
  readonly objectId: string
  readonly name: string
  readonly email: string
  readonly groups: readonly string[] | null
}

const schema = z.object({
  iss: z.string(),
  tid: z.guid(),
  oid: z.guid(),
  name: z.string().trim().min(1).optional(),
  preferred_username: z.string().optional(),
  email: z.string().optional(),
  groups: z.array(z.string()).optional(),
  hasgroups: z.union([z.boolean(), z.string()]).optional(),
  _claim_names: z.object({ groups: z.string().optional() }).optional(),
})

/**
 * Reads an id token's claims, or refuses them: issuer and tenant have to be the configured ones.
 * A person is tenant + object id; `sub` differs per application, and an address can be given to somebody else.
 */
export function readClaims(claims: unknown, expected: { authority: string; tenantId: string }): Result<Identity> {
  const parsed = schema.safeParse(claims)
  if (!parsed.success) return refuse('not-allowed', 'Entra ID did not say who you are.', { reason: 'incomplete' })
  const { iss, tid, oid, name, preferred_username: address, email } = parsed.data
  const issuer = `${expected.authority.replace(/\/$/, '')}/${expected.tenantId}/v2.0`
  if (tid.toLowerCase() !== expected.tenantId.toLowerCase() || iss !== issuer) {
    return refuse('not-allowed', 'This portal is for people of another organisation.', { reason: 'other-tenant' })
  }
  const contact = (email ?? address ?? '').toLowerCase()
  const groups = parsed.data.groups ?? (isOverage(parsed.data) ? null : [])
  return ok({ tenantId: tid, objectId: oid, name: name ?? contact, email: contact, groups })
}

function isOverage({ hasgroups, _claim_names }: z.output<typeof schema>): boolean {
  return hasgroups === true || hasgroups === 'true' || _claim_names?.groups !== undefined
}

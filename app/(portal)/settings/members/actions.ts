'use server'

import { grantRole, grantRoleSchema } from '@/lib/access/commands/grant-role'
import { revokeRole, revokeRoleSchema } from '@/lib/access/commands/revoke-role'
import { action } from '@/lib/http/action'

export const grantRoleAction = action(grantRoleSchema, grantRole, {
  said: ({ label, roleLabel }) => `${label} has the role ${roleLabel} now.`,
})

export const revokeRoleAction = action(revokeRoleSchema, revokeRole)

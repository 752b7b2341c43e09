import { z } from 'zod'
import { type Tier, tiers } from '@/lib/environment/tier'

export const variableKinds = ['lakehouse', 'warehouse', 'connection', 'capacity', 'text'] as const
export type VariableKind = (typeof variableKinds)[number]

const value = z
  .string()
  .trim()
  .min(1, 'A value may not be empty: leave the tier out when it has no value.')
  .max(4000, 'A value may be at most 4,000 characters long.')

export const variableSchema = z.strictObject({
  name: z
    .string()
    .trim()
    .min(1, 'A variable needs a name.')
    .max(100, 'A variable name may be at most 100 characters long.'),
  kind: z.enum(variableKinds, { error: `The kind of a variable is one of ${variableKinds.join(', ')}.` }),
  values: z.partialRecord(z.enum(tiers), value),
})

/** A name with one value per tier (policy 2.2). A tier without a value is missing: it never falls back to another tier's. */
export type Variable = {
  readonly name: string
  readonly kind: VariableKind
  readonly values: Readonly<Partial<Record<Tier, string>>>
}

/** The variable's value in a tier; null when it is missing. */
export const valueIn = (variable: Variable, tier: Tier): string | null => variable.values[tier] ?? null

/**
 * What the naming convention suggests for a tier without a value: `lh_claims_dev` gives `lh_claims_uat`, `Dev Capacity` gives `UAT Capacity`.
 * Null when no known value names its own tier exactly once. A proposal is never used before somebody has saved it.
 */
export function proposeValue(variable: Variable, tier: Tier): string | null {
  for (const known of tiers) {
    const value = valueIn(variable, known)
    if (value === null || known === tier) continue
    const found = [...value.matchAll(new RegExp(`(?<![a-z0-9])${known}(?![a-z0-9])`, 'gi'))]
    const [only] = found
    if (only === undefined || found.length > 1) continue
    return value.slice(0, only.index) + inTheCaseOf(only[0], tier) + value.slice(only.index + known.length)
  }
  return null
}

function inTheCaseOf(example: string, tier: Tier): string {
  if (example === example.toLowerCase()) return tier
  if (example === example.toUpperCase() && example.length > 1) return tier.toUpperCase()
  return tier === 'uat' ? 'UAT' : tier.charAt(0).toUpperCase() + tier.slice(1)
}

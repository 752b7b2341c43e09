import { z } from 'zod'
import { tiers } from '@/lib/environment/tier'
import { digestOfJson } from '@/lib/kernel/digest'
import { type Rule, ruleKinds, ruleSchema } from './rule'
import { type Variable, variableSchema } from './variable'

/** What somebody saw of a variable or rule before they changed it; empty when they add one. */
export const seenOf = (known: Variable | Rule | null): string => (known === null ? '' : digestOfJson(known))

const field = z.string().trim()

/** A variable as a form sends it: a tier that is left empty has no value. */
export const SaveVariable = z
  .strictObject({
    projectId: z.guid(),
    seen: z.string(),
    name: field,
    kind: field,
    dev: field,
    test: field,
    uat: field,
    prod: field,
  })
  .transform(({ projectId, seen, name, kind, ...byTier }, context) => {
    const values = Object.fromEntries(tiers.flatMap(tier => (byTier[tier] === '' ? [] : [[tier, byTier[tier]]])))
    const parsed = variableSchema.safeParse({ name, kind, values })
    if (parsed.success) return { projectId, seen, variable: parsed.data satisfies Variable }
    for (const { path, message } of parsed.error.issues)
      context.addIssue({ code: 'custom', path: [path.at(-1) ?? ''], message })
    return z.NEVER
  })

export const FillValue = z.strictObject({
  projectId: z.guid(),
  name: field,
  tier: z.enum(tiers),
  value: field.min(1).max(4_000),
})

export const RemoveNamed = z.strictObject({ projectId: z.guid(), name: field })

/** A rule as a form sends it; `itemTypes` are separated by commas, none means all. */
export const SaveRule = z
  .strictObject({
    projectId: z.guid(),
    seen: z.string(),
    name: field,
    kind: z.enum(ruleKinds, 'Choose what the rule rewrites.'),
    variable: field,
    parameter: field,
    itemTypes: field,
  })
  .transform(({ projectId, seen, name, kind, variable, parameter, itemTypes }, context) => {
    const types = itemTypes.split(/[\s,]+/).filter(Boolean)
    const where = kind === 'data-source' || kind === 'parameter' ? { itemTypes: types.length === 0 ? null : types } : {}
    const which = kind === 'parameter' ? { parameter } : {}
    const parsed = ruleSchema.safeParse({ name, kind, variable, ...which, ...where })
    if (parsed.success) return { projectId, seen, rule: parsed.data satisfies Rule }
    for (const { path, message } of parsed.error.issues)
      context.addIssue({ code: 'custom', path: [path[0] ?? ''], message })
    return z.NEVER
  })

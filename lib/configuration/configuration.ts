import { z } from 'zod'
import type { Tier } from '@/lib/environment/tier'
import { type Digest, digestOfJson } from '@/lib/kernel/digest'
import { type Rule, type RuleKind, ruleSchema } from './rule'
import { type Variable, type VariableKind, valueIn, variableSchema } from './variable'

export type Configuration = { readonly variables: readonly Variable[]; readonly rules: readonly Rule[] }

const kindsFor: Readonly<Record<RuleKind, readonly VariableKind[] | null>> = {
  'data-source': null,
  parameter: null,
  lakehouse: ['lakehouse'],
  capacity: ['capacity'],
}

/** Variables and rules of a project: names are unique whatever their case, and each rule names a variable of a fitting kind. */
export const configurationSchema = z
  .strictObject({ variables: z.array(variableSchema), rules: z.array(ruleSchema) })
  .superRefine(({ variables, rules }, context) => {
    for (const [list, things] of [['variables', variables] as const, ['rules', rules] as const]) {
      const seen = new Set<string>()
      things.forEach(({ name }, index) => {
        const key = name.toLowerCase()
        if (seen.has(key))
          context.addIssue({ code: 'custom', path: [list, index, 'name'], message: `The name ${name} is used twice.` })
        seen.add(key)
      })
    }
    rules.forEach((rule, index) => {
      const message = mismatch(rule, variables)
      if (message !== null) context.addIssue({ code: 'custom', path: ['rules', index, 'variable'], message })
    })
  })

/** Null when no variable has that name, whatever its case. */
export const variableNamed = (variables: readonly Variable[], name: string): Variable | null =>
  variables.find(variable => variable.name.toLowerCase() === name.toLowerCase()) ?? null

/** One hash over what applies to a tier: the rules in their order, and each variable's Dev value and value in that tier. */
export function ruleSetDigest(variables: readonly Variable[], rules: readonly Rule[], tier: Tier): Digest {
  const values = variables.map(variable => ({
    name: variable.name,
    kind: variable.kind,
    find: valueIn(variable, 'dev'),
    value: valueIn(variable, tier),
  }))
  return digestOfJson({ tier, variables: values.sort((a, b) => (a.name < b.name ? -1 : 1)), rules })
}

function mismatch(rule: Rule, variables: readonly Variable[]): string | null {
  const variable = variableNamed(variables, rule.variable)
  if (variable === null) return `The rule ${rule.name} names the variable ${rule.variable}, which does not exist.`
  const kinds = kindsFor[rule.kind]
  if (kinds === null || kinds.includes(variable.kind)) return null
  return `The ${rule.kind} rule ${rule.name} needs a variable of kind ${kinds.join(' or ')}; ${variable.name} is of kind ${variable.kind}.`
}

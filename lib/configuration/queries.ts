import { z } from 'zod'
import type { Tx } from '@/lib/db/client'
import type { Tier } from '@/lib/environment/tier'
import type { Digest } from '@/lib/kernel/digest'
import { type Configuration, ruleSetDigest } from './configuration'
import { ruleSchema } from './rule'
import { variableSchema } from './variable'

/** The variables and rules of a project as they are now. Throws when a stored row is not what its schema says. */
export async function loadConfiguration(tx: Pick<Tx, 'variable' | 'rule'>, projectId: string): Promise<Configuration> {
  const variables = await tx.variable.findMany({ where: { projectId }, orderBy: { name: 'asc' } })
  const rules = await tx.rule.findMany({ where: { projectId }, orderBy: { position: 'asc' } })
  return {
    variables: z.array(variableSchema).parse(variables.map(({ name, kind, values }) => ({ name, kind, values }))),
    rules: z.array(ruleSchema).parse(rules.map(rule => rule.definition)),
  }
}

/** The rule set digest of a project's tier, now. */
export async function loadRuleSetDigest(
  tx: Pick<Tx, 'variable' | 'rule'>,
  projectId: string,
  tier: Tier,
): Promise<Digest> {
  const { variables, rules } = await loadConfiguration(tx, projectId)
  return ruleSetDigest(variables, rules, tier)
}

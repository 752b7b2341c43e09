import type { Tx } from '@/lib/db/client'
import type { Tier } from '@/lib/environment/tier'
import type { Digest } from '@/lib/kernel/digest'
import { type Configuration, ruleSetDigest } from './configuration'
import { ruleSchema } from './rule'
import { variableSchema } from './variable'

/** The variables and rules of a project as they are now. Throws when a stored row is not what its schema says. */
export async function loadConfiguration(tx: Pick<Tx, 'variable' | 'rule'>, projectId: string): Promise<Configuration> {
  return (await loadConfigurations(tx, [projectId])).get(projectId) ?? { variables: [], rules: [] }
}

/** The same for several projects, by their ids, in as many statements as for one. */
export async function loadConfigurations(
  tx: Pick<Tx, 'variable' | 'rule'>,
  projectIds: readonly string[],
): Promise<ReadonlyMap<string, Configuration>> {
  const where = { projectId: { in: [...projectIds] } }
  const variables = await tx.variable.findMany({ where, orderBy: { name: 'asc' } })
  const rules = await tx.rule.findMany({ where, orderBy: { position: 'asc' } })
  const of = (projectId: string): Configuration => ({
    variables: variables
      .filter(variable => variable.projectId === projectId)
      .map(({ name, kind, values }) => variableSchema.parse({ name, kind, values })),
    rules: rules.filter(rule => rule.projectId === projectId).map(rule => ruleSchema.parse(rule.definition)),
  })
  return new Map(projectIds.map(projectId => [projectId, of(projectId)]))
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

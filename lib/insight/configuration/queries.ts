import { authorise, inReadable, readableProjects } from '@/lib/access/authorise'
import { seenOf } from '@/lib/configuration/inputs'
import { loadConfiguration } from '@/lib/configuration/queries'
import type { Rule } from '@/lib/configuration/rule'
import { proposeValue, type Variable } from '@/lib/configuration/variable'
import type { Context } from '@/lib/db/context'
import { hopEnds } from '@/lib/environment/hop'
import { type Tier, tiers } from '@/lib/environment/tier'
import { criterionById } from '@/lib/gate/criteria'
import { listOpenTickets } from '../queries'

export type VariableView = Variable & {
  readonly seen: string
  /** For a tier without a value: what the naming convention suggests. */
  readonly proposals: Readonly<Partial<Record<Tier, string>>>
  readonly usedBy: readonly string[]
}

export type RuleView = { readonly rule: Rule; readonly seen: string }

/** A decision that stands on an open ticket, and that a change of the values of its tier would end. */
export type AtStake = {
  readonly tier: Tier
  readonly ticket: string
  readonly href: string
  readonly criterion: string
  readonly by: string
}

export type ConfigurationView = {
  readonly id: string
  readonly name: string
  readonly slug: string
  readonly variables: readonly VariableView[]
  readonly rules: readonly RuleView[]
  readonly atStake: readonly AtStake[]
  /** Why the actor may only look; null when they may change it. */
  readonly because: string | null
}

/** The variables and rules of a project, with what a change would end; null when the actor may not read it. */
export async function getConfiguration(ctx: Context, slug: string): Promise<ConfigurationView | null> {
  const { db, actor } = ctx
  const id = inReadable(await readableProjects(db, actor))
  const project = await db.project.findFirst({ where: { slug, id }, select: { id: true, name: true, slug: true } })
  if (!project) return null
  const { variables, rules } = await loadConfiguration(db, project.id)
  const may = await authorise(db, actor, project.id, 'change-configuration', 'change variables and rules')
  const { tickets } = await listOpenTickets(ctx, project.id)
  return {
    ...project,
    variables: variables.map(variable => ({
      ...variable,
      seen: seenOf(variable),
      proposals: proposalsFor(variable),
      usedBy: rules.filter(rule => isSame(rule.variable, variable.name)).map(rule => rule.name),
    })),
    rules: rules.map(rule => ({ rule, seen: seenOf(rule) })),
    atStake: tickets.flatMap(({ facts, number, href, ticket }) =>
      ticket.state === 'running'
        ? []
        : Object.entries(facts.signOffs).flatMap(([criterion, votes]) =>
            (votes ?? [])
              .filter(vote => vote.endedAt === null && vote.covered.rules === facts.content.rules)
              .map(vote => ({
                ...{ tier: hopEnds[facts.hop].target, ticket: number, href: `${href}#gate`, by: vote.userName },
                criterion: criterionById(criterion)?.label ?? criterion,
              })),
          ),
    ),
    because: may.ok ? null : may.refusal.message,
  }
}

const isSame = (a: string, b: string) => a.toLowerCase() === b.toLowerCase()

function proposalsFor(variable: Variable): VariableView['proposals'] {
  const missing = tiers.filter(tier => variable.values[tier] === undefined)
  return Object.fromEntries(
    missing.flatMap(tier => {
      const proposal = proposeValue(variable, tier)
      return proposal === null ? [] : [[tier, proposal] as const]
    }),
  )
}

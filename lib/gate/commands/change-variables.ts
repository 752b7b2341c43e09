import type { z } from 'zod'
import { authorise } from '@/lib/access/authorise'
import { command } from '@/lib/audit/command'
import { record } from '@/lib/audit/record'
import { type Configuration, configurationSchema, variableNamed } from '@/lib/configuration/configuration'
import { type FillValue, type RemoveNamed, type SaveVariable, seenOf } from '@/lib/configuration/inputs'
import { loadConfiguration } from '@/lib/configuration/queries'
import type { Variable } from '@/lib/configuration/variable'
import type { Tx } from '@/lib/db/client'
import type { Context } from '@/lib/db/context'
import { lockHops } from '@/lib/db/lock-hops'
import { tierFacts } from '@/lib/environment/tier'
import { newId } from '@/lib/kernel/ids'
import { ok, type Result, refuse } from '@/lib/kernel/result'
import { followConfigurationChange } from './follow-configuration-change'

export type Changed = { readonly name: string; readonly ended: number }

/** Adds a variable, or changes the one that the person saw. */
export async function saveVariable(ctx: Context, input: z.output<typeof SaveVariable>): Promise<Result<Changed>> {
  const { projectId, variable, seen } = input
  return change(ctx, projectId, variable.name, known => {
    if (known && seen === '') return refuse('conflict', `There is a variable ${known.name} already.`)
    if (known === null && seen !== '') return refuse('conflict', `${variable.name} was removed meanwhile.`)
    if (known && seenOf(known) !== seen) {
      return refuse('stale', `${known.name} changed while you were looking at it. Nothing was saved: look again.`)
    }
    return ok(known ? { ...variable, name: known.name } : variable)
  })
}

/** Gives a tier that has no value the one that the person accepted. */
export async function fillValue(ctx: Context, input: z.output<typeof FillValue>): Promise<Result<Changed>> {
  const { projectId, name, tier, value } = input
  return change(ctx, projectId, name, known => {
    if (known === null) return refuse('not-found', `There is no variable ${name}.`)
    if (known.values[tier] !== undefined)
      return refuse('conflict', `${name} has a value for ${tierFacts[tier].label} by now.`)
    return ok({ ...known, values: { ...known.values, [tier]: value } })
  })
}

/** Removes a variable that no rule needs. */
export async function removeVariable(ctx: Context, input: z.output<typeof RemoveNamed>): Promise<Result<Changed>> {
  return change(ctx, input.projectId, input.name, known =>
    known ? ok(null) : refuse('not-found', `There is no variable ${input.name}.`),
  )
}

async function change(
  ctx: Context,
  projectId: string,
  name: string,
  decide: (known: Variable | null) => Result<Variable | null>,
): Promise<Result<Changed>> {
  return command(ctx, { name: 'change variables', projectId }, async (tx, now) => {
    const may = await authorise(tx, ctx.actor, projectId, 'change-configuration', 'change variables')
    if (!may.ok) return may
    await lockHops(tx, projectId)
    const configuration = await loadConfiguration(tx, projectId)
    const known = variableNamed(configuration.variables, name)
    const decided = decide(known)
    if (!decided.ok) return decided
    const broken = whyBroken(configuration, known, decided.value)
    if (broken) return refuse('invalid', broken)
    await write(tx, projectId, known, decided.value)
    const own = known?.name ?? name
    const details = { what: 'variable', name: own, from: known, to: decided.value }
    await record(tx, ctx.actor, { action: 'configuration.changed', projectId, details })
    return ok({ name: own, ended: await followConfigurationChange(tx, now, ctx.actor, projectId) })
  })
}

/** Why the configuration would no longer hold together; null when it would. */
function whyBroken(
  { variables, rules }: Configuration,
  known: Variable | null,
  wanted: Variable | null,
): string | null {
  const others = variables.filter(variable => variable !== known)
  const parsed = configurationSchema.safeParse({ variables: wanted ? [...others, wanted] : others, rules })
  return parsed.success ? null : (parsed.error.issues[0]?.message ?? 'The configuration would not hold together.')
}

async function write(tx: Tx, projectId: string, known: Variable | null, wanted: Variable | null): Promise<void> {
  if (known) await tx.variable.deleteMany({ where: { projectId, name: known.name } })
  if (wanted) await tx.variable.create({ data: { id: newId(), projectId, ...wanted } })
}

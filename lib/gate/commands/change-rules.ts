import type { z } from 'zod'
import { authorise } from '@/lib/access/authorise'
import { command } from '@/lib/audit/command'
import { record } from '@/lib/audit/record'
import { configurationSchema } from '@/lib/configuration/configuration'
import { type RemoveNamed, type SaveRule, seenOf } from '@/lib/configuration/inputs'
import { loadConfiguration } from '@/lib/configuration/queries'
import type { Rule } from '@/lib/configuration/rule'
import type { Tx } from '@/lib/db/client'
import type { Context } from '@/lib/db/context'
import { lockHops } from '@/lib/db/lock-hops'
import { newId } from '@/lib/kernel/ids'
import { ok, type Result, refuse } from '@/lib/kernel/result'
import type { Changed } from './change-variables'
import { followConfigurationChange } from './follow-configuration-change'

/** Adds a rule after the others, or changes the one that the person saw, in its place. */
export async function saveRule(ctx: Context, input: z.output<typeof SaveRule>): Promise<Result<Changed>> {
  const { projectId, rule, seen } = input
  return change(ctx, projectId, rule.name, known => {
    if (known && seen === '') return refuse('conflict', `There is a rule ${known.name} already.`)
    if (known === null && seen !== '') return refuse('conflict', `${rule.name} was removed meanwhile.`)
    if (known && seenOf(known) !== seen) {
      return refuse('stale', `${known.name} changed while you were looking at it. Nothing was saved: look again.`)
    }
    return ok(rule)
  })
}

/** Removes a rule; the definitions keep what it would have rewritten. */
export async function removeRule(ctx: Context, input: z.output<typeof RemoveNamed>): Promise<Result<Changed>> {
  return change(ctx, input.projectId, input.name, known =>
    known ? ok(null) : refuse('not-found', `There is no rule ${input.name}.`),
  )
}

async function change(
  ctx: Context,
  projectId: string,
  name: string,
  decide: (known: Rule | null) => Result<Rule | null>,
): Promise<Result<Changed>> {
  return command(ctx, { name: 'change rules', projectId }, async (tx, now) => {
    const may = await authorise(tx, ctx.actor, projectId, 'change-configuration', 'change rules')
    if (!may.ok) return may
    await lockHops(tx, projectId)
    const { variables, rules } = await loadConfiguration(tx, projectId)
    const known = rules.find(rule => rule.name.toLowerCase() === name.toLowerCase()) ?? null
    const decided = decide(known)
    if (!decided.ok) return decided
    const wanted = decided.value
    const next = known ? rules.flatMap(rule => (rule === known ? (wanted ?? []) : [rule])) : [...rules, wanted]
    const parsed = configurationSchema.safeParse({ variables, rules: next })
    if (!parsed.success) return refuse('invalid', parsed.error.issues[0]?.message ?? 'The rules would not hold.')
    await write(tx, projectId, parsed.data.rules)
    const details = { what: 'rule', name, from: known, to: wanted }
    await record(tx, ctx.actor, { action: 'configuration.changed', projectId, details })
    return ok({ name, ended: await followConfigurationChange(tx, now, ctx.actor, projectId) })
  })
}

async function write(tx: Tx, projectId: string, rules: readonly Rule[]): Promise<void> {
  await tx.rule.deleteMany({ where: { projectId } })
  await tx.rule.createMany({
    data: rules.map((rule, position) => ({ id: newId(), projectId, position, kind: rule.kind, definition: rule })),
  })
}

import { variableNamed } from '@/lib/configuration/configuration'
import type { Rule } from '@/lib/configuration/rule'
import { valueIn } from '@/lib/configuration/variable'
import { tierFacts } from '@/lib/environment/tier'
import type { RuleEffect } from './plan'
import type { PlanInput, TargetState } from './plan-input'
import type { Resolution } from './resolution'

export type ItemHit = { readonly rule: string; readonly item: string; readonly path: string; readonly count: number }

/** What each rule does to the release, in the order of the rules. */
export function ruleEffects(input: PlanInput, hits: readonly ItemHit[], resolution: Resolution): RuleEffect[] {
  return input.rules.map(rule => {
    const variable = variableNamed(input.variables, rule.variable)
    const files = hits.filter(hit => hit.rule === rule.name).map(({ item, path, count }) => ({ item, path, count }))
    const oldValue = variable === null || rule.kind === 'parameter' ? null : valueIn(variable, input.sourceTier)
    const newValue = variable === null ? null : valueIn(variable, input.tier)
    const found = { rule: rule.name, kind: rule.kind, variable: rule.variable, oldValue, newValue, files }
    return { ...found, ...statusOf(rule, found, variable !== null, input, resolution) }
  })
}

type Found = Pick<RuleEffect, 'oldValue' | 'newValue' | 'files'>
type Status = Pick<RuleEffect, 'status' | 'message'>

function statusOf(rule: Rule, found: Found, exists: boolean, input: PlanInput, resolution: Resolution): Status {
  const { oldValue, newValue, files } = found
  const tier = tierFacts[input.tier].label
  const status = (status: RuleEffect['status'], message: string): Status => ({ status, message })
  if (!exists) return status('mismatch', `Rule ${rule.name}: there is no variable ${rule.variable}.`)
  const missing = `Rule ${rule.name}: the variable ${rule.variable} has no value for ${tier}. Give it one under Configuration.`
  if (rule.kind === 'capacity') {
    if (newValue === null) return status('missing-value', missing)
    return capacityStatus(rule.name, newValue, input.target)
  }
  if (files.length === 0) return status('no-hit', noHit(rule, oldValue))
  if (newValue === null) return status('missing-value', missing)
  if (rule.kind === 'lakehouse' && !resolution.targetLakehouses.has(newValue.toLowerCase()))
    return status('mismatch', `Rule ${rule.name}: ${tier} has no lakehouse ${newValue}, and the release brings none.`)
  const places = files.reduce((sum, { count }) => sum + count, 0)
  return status('applied', `Rule ${rule.name}: ${places} place(s) in ${files.length} file(s).`)
}

function noHit(rule: Rule, oldValue: string | null): string {
  if (rule.kind === 'parameter') return `Rule ${rule.name} touches nothing: no item has a parameter ${rule.parameter}.`
  if (oldValue === null)
    return `Rule ${rule.name} touches nothing: the variable ${rule.variable} has no Dev value to look for.`
  return `Rule ${rule.name} touches nothing: no part holds ${oldValue}.`
}

function capacityStatus(name: string, wanted: string, { capacity, workspaceName }: TargetState): Status {
  if (capacity === null)
    return {
      status: 'mismatch',
      message: `Rule ${name}: ${workspaceName} is on no capacity; it should be on ${wanted}.`,
    }
  const isRight = [capacity.id, capacity.displayName].some(value => value.toLowerCase() === wanted.toLowerCase())
  if (isRight) return { status: 'applied', message: `Rule ${name}: ${workspaceName} is on ${capacity.displayName}.` }
  return {
    status: 'mismatch',
    message: `Rule ${name}: ${workspaceName} is on ${capacity.displayName}; it should be on ${wanted}.`,
  }
}

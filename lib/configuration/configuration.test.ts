import { describe, expect, it } from 'vitest'
import { configurationSchema, ruleSetDigest } from './configuration'
import { proposeValue, type Variable } from './variable'

const lakehouse: Variable = {
  name: 'Lakehouse',
  kind: 'lakehouse',
  values: { dev: 'lh_claims_dev', test: 'lh_claims_test', prod: 'lh_claims_prod' },
}
const rule = { kind: 'data-source', name: 'Lakehouse by name', variable: 'Lakehouse', itemTypes: null } as const

describe('a proposed value', () => {
  it.each([
    ['lh_claims_dev', 'lh_claims_uat'],
    ['wh-claims-DEV', 'wh-claims-UAT'],
    ['Dev Capacity', 'UAT Capacity'],
    ['dev-conn-str', 'uat-conn-str'],
    ['devices', null],
    ['dev_of_dev', null],
  ])('follows the convention: %s gives %s for UAT', (dev, uat) => {
    expect(proposeValue({ name: 'v', kind: 'text', values: { dev } }, 'uat')).toBe(uat)
  })

  it('comes from another tier when Dev has none', () => {
    expect(proposeValue({ name: 'v', kind: 'text', values: { prod: 'lh_prod' } }, 'test')).toBe('lh_test')
  })
})

describe('a configuration', () => {
  const messages = (value: unknown) => {
    const parsed = configurationSchema.safeParse(value)
    return parsed.success ? [] : parsed.error.issues.map(issue => `${issue.path.join('.')}: ${issue.message}`)
  }

  it.each([
    [
      'a rule for a variable that does not exist',
      [],
      [rule],
      'rules.0.variable: The rule Lakehouse by name names the variable Lakehouse, which does not exist.',
    ],
    [
      'one name twice, whatever its case',
      [lakehouse, { ...lakehouse, name: 'LAKEHOUSE' }],
      [],
      'variables.1.name: The name LAKEHOUSE is used twice.',
    ],
    [
      'an empty value',
      [{ ...lakehouse, values: { dev: ' ' } }],
      [],
      'variables.0.values.dev: A value may not be empty: leave the tier out when it has no value.',
    ],
    [
      'a capacity rule on a lakehouse variable',
      [lakehouse],
      [{ kind: 'capacity', name: 'c', variable: 'Lakehouse' }],
      'rules.0.variable: The capacity rule c needs a variable of kind capacity; Lakehouse is of kind lakehouse.',
    ],
    [
      'an unknown kind of rule',
      [lakehouse],
      [{ kind: 'gateway', name: 'g', variable: 'Lakehouse' }],
      'rules.0.kind: The kind of a rule is one of data-source, parameter, lakehouse, capacity.',
    ],
  ])('refuses %s', (_, variables, rules, message) => {
    expect(messages({ variables, rules })).toContain(message)
  })

  it('takes the table of the policy, with UAT missing', () => {
    expect(messages({ variables: [lakehouse], rules: [rule] })).toEqual([])
  })
})

describe('the rule set digest', () => {
  const digest = (variable: Variable, tier: 'test' | 'prod' = 'test') => ruleSetDigest([variable], [rule], tier)

  it('changes with the value of its tier and with the Dev value that is looked for', () => {
    expect(digest({ ...lakehouse, values: { ...lakehouse.values, test: 'lh_other' } })).not.toBe(digest(lakehouse))
    expect(digest({ ...lakehouse, values: { ...lakehouse.values, dev: 'lh_other' } })).not.toBe(digest(lakehouse))
  })

  it('does not change with the value of another tier', () => {
    expect(digest({ ...lakehouse, values: { ...lakehouse.values, prod: 'lh_other' } })).toBe(digest(lakehouse))
  })
})

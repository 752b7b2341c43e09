import { expect, it } from 'vitest'
import { parseWorkspaceName } from './naming'

it.each([
  ['Claims-Analytics-Dev', 'dev'],
  ['Claims-Analytics-Test', 'test'],
  ['Claims-Analytics-UAT', 'uat'],
  ['Claims-Analytics-Prod', 'prod'],
])('%s is the %s of Claims-Analytics', (name, tier) => {
  expect(parseWorkspaceName(name)).toEqual({
    ok: true,
    project: 'Claims',
    domain: 'Analytics',
    tier,
    projectName: 'Claims-Analytics',
  })
})

it('takes letters of any alphabet, and digits after the first', () => {
  expect(parseWorkspaceName('Krav-Økonomi2-Dev')).toMatchObject({ ok: true, projectName: 'Krav-Økonomi2' })
})

it.each([
  ['Claims Analytics Production', 'one part', 'Claims-Analytics-Prod'],
  ['Claims-Analytics', '2 parts', null],
  ['Claims-Motor-Analytics-Dev', '4 parts', 'Claims-MotorAnalytics-Dev'],
  ['Claims-Analytics-dev', '“dev”', 'Claims-Analytics-Dev'],
  ['Claims-Analytics-Uat', '“Uat”', 'Claims-Analytics-UAT'],
  ['Claims-Analytics-Staging', '“Staging”', 'Claims-Analytics-UAT'],
  ['claims_analytics_prd', 'one part', 'claims-analytics-Prod'],
  ['Claims-Analytics-Dev2', '“Dev2”', null],
  ['Claims--Dev', 'empty', null],
  ['Claims-Ana lytics-Dev', '“Ana lytics”', 'Claims-Analytics-Dev'],
  ['Claims-2nd-Dev', '“2nd”', null],
  [' Claims-Analytics-Dev', '“ Claims”', 'Claims-Analytics-Dev'],
  ['Claims-Analytics-Dev ', '“Dev ”', 'Claims-Analytics-Dev'],
  ['Claims‑Analytics‑Dev', 'one part', 'Claims-Analytics-Dev'],
  ['Claims-Analytics-constructor', '“constructor”', null],
  ['', 'one part', null],
])('%s is refused because of %s', (name, because, proposal) => {
  const verdict = parseWorkspaceName(name)
  expect(verdict).toMatchObject({ ok: false, because: expect.stringContaining(because), proposal })
})

it('proposes only names that it would take itself', () => {
  const names = ['Claims Analytics Production', 'a b c d test', 'X.Y.live', 'Claims-Analytics-QA']
  const proposals = names.map(parseWorkspaceName).flatMap(verdict => (verdict.ok ? [] : [verdict.proposal]))
  expect(proposals.map(proposal => parseWorkspaceName(proposal ?? '').ok)).toEqual([true, true, true, true])
})

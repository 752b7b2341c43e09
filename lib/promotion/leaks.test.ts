import { describe, expect, it } from 'vitest'
import type { Variable } from '@/lib/configuration/variable'
import { findLeaks } from './leaks'
import type { KnownEnvironment } from './plan-input'
import { guidOf, item, part } from './test/items'

const environment = (tier: 'dev' | 'test' | 'prod', more: Partial<KnownEnvironment> = {}): KnownEnvironment => ({
  tier,
  workspaceId: guidOf(`workspace ${tier}`),
  workspaceName: `Claims-Analytics-${tier}`,
  capacity: { id: guidOf(`capacity ${tier}`), displayName: `${tier} Capacity` },
  items: [
    {
      id: guidOf(`lake ${tier}`),
      type: 'Lakehouse',
      name: `lh_claims_${tier}`,
      sqlEndpoint: { id: guidOf(`endpoint ${tier}`), connectionString: `${tier}-x.datawarehouse.fabric.microsoft.com` },
    },
    { id: guidOf(`report ${tier}`), type: 'Report', name: 'Claims' },
  ],
  connections: [{ id: guidOf(`connection ${tier}`), displayName: `${tier}-claims-sql` }],
  ...more,
})
const environments = [environment('dev'), environment('test'), environment('prod')]
const variables: Variable[] = [
  {
    name: 'Lakehouse',
    kind: 'lakehouse',
    values: { dev: 'lh_claims_dev', test: 'lh_claims_test', prod: 'lh_claims_prod' },
  },
  { name: 'Connection', kind: 'connection', values: { dev: 'dev-conn-str', test: 'test-conn-str' } },
  { name: 'Greeting', kind: 'text', values: { dev: 'hello', test: 'good day' } },
]
const leaksOf = (text: string, known = environments) =>
  findLeaks(item('CopyJob', 'job', [part('copyjob-content.json', text)]), known, variables, 'test')

describe('the leak guard of Test', () => {
  it.each([
    [
      'a workspace id in capitals',
      guidOf('workspace dev').toUpperCase(),
      'workspace id',
      'dev',
      guidOf('workspace test'),
    ],
    [
      'an item id with underscores',
      guidOf('report prod').replaceAll('-', '_'),
      'id of Report Claims',
      'prod',
      guidOf('report test'),
    ],
    ['a workspace name', 'Claims-Analytics-DEV', 'workspace name', 'dev', 'Claims-Analytics-test'],
    [
      'a SQL endpoint',
      'Dev-x.datawarehouse.fabric.microsoft.com',
      'SQL endpoint of lh_claims_dev',
      'dev',
      'test-x.datawarehouse.fabric.microsoft.com',
    ],
    [
      'a SQL endpoint id',
      guidOf('endpoint prod'),
      'SQL endpoint id of lh_claims_prod',
      'prod',
      guidOf('endpoint test'),
    ],
    ['a lakehouse name', 'lh_claims_prod', 'lakehouse name', 'prod', 'lh_claims_test'],
    ['a capacity name', 'dev capacity', 'capacity name', 'dev', 'test Capacity'],
    ['a connection id', guidOf('connection dev'), 'id of connection dev-claims-sql', 'dev', null],
    ['the value of a variable', 'dev-conn-str', 'value of Connection', 'dev', 'test-conn-str'],
  ])('finds %s', (_, found, what, belongsTo, expected) => {
    expect(leaksOf(`{"a":[1,{"b c":"x ${found} y"}]}`)).toEqual([
      { item: 'CopyJob job', part: 'copyjob-content.json', place: '$.a[1]["b c"]', found, what, belongsTo, expected },
    ])
  })

  it.each([
    ['its own values', `${guidOf('workspace test')} lh_claims_test test-conn-str`],
    ['longer names', 'lh_claims_dev2 my_lh_claims_dev'],
    ['text that may be the same anywhere', 'hello'],
    ['names of items that hold no data', 'Claims'],
  ])('lets %s pass', (_, text) => {
    expect(leaksOf(`"${text}"`)).toEqual([])
  })

  it('lets pass what two tiers share', () => {
    const shared = { id: guidOf('one capacity'), displayName: 'One capacity' }
    const known = [environment('dev', { capacity: shared }), environment('test', { capacity: shared })]
    expect(leaksOf(`"${shared.id} ${shared.displayName}"`, known)).toEqual([])
  })

  it('looks into a variable library only where Test reads', () => {
    const override = (value: string) => `{"variableOverrides":[{"name":"lake","value":"${value}"}]}`
    const defaults = '{"variables":[{"name":"lake","value":"lh_claims_dev"},{"name":"other","value":"lh_claims_dev"}]}'
    const library = item('VariableLibrary', 'vars', [
      part('variables.json', defaults),
      part('valueSets/Prod.json', override('lh_claims_prod')),
      part('valueSets/Test.json', override('lh_claims_test')),
    ])
    expect(findLeaks(library, environments, variables, 'test').map(({ part, place }) => [part, place])).toEqual([
      ['variables.json', '$.variables[1].value'],
    ])
    const leaking = item('VariableLibrary', 'vars', [part('valueSets/Test.json', override('lh_claims_prod'))])
    expect(findLeaks(leaking, environments, variables, 'test')).toHaveLength(1)
  })
})

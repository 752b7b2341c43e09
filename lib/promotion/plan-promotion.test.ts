import { describe, expect, it } from 'vitest'
import type { Rule } from '@/lib/configuration/rule'
import type { Variable } from '@/lib/configuration/variable'
import type { SnapshotItem } from '@/lib/release/snapshot'
import type { PlanInput, TargetState } from './plan-input'
import { planPromotion } from './plan-promotion'
import { emptyTarget, guidOf, item, part, planInput } from './test/items'

const lakehouse: Variable = {
  name: 'Lakehouse',
  kind: 'lakehouse',
  values: { dev: 'lh_claims_dev', test: 'lh_claims_test' },
}
const capacity: Variable = {
  name: 'Capacity',
  kind: 'capacity',
  values: { dev: 'Dev Capacity', test: 'Test Capacity' },
}
const lake = item('Lakehouse', 'lh_claims_dev', [part('lakehouse.metadata.json', '{}')])
const notebook = item('Notebook', 'nb_load', [
  part('notebook-content.py', `# CELL ********************\n\nx = "${lake.objectId}"\n`),
])
const model = item('SemanticModel', 'Claims', [part('definition/model.tmdl', 'model Model\n')])
const report = item('Report', 'Claims', [
  part('definition.pbir', '{"datasetReference":{"byPath":{"path":"../Claims.SemanticModel"}}}'),
])
const target = emptyTarget('Claims-Analytics-Test')

const plan = (items: SnapshotItem[], more: Partial<PlanInput> = {}) =>
  planPromotion(planInput({ workspaceId: guidOf('dev'), items }, { target, variables: [lakehouse], ...more }))
const holding = (...items: TargetState['items']): TargetState => ({ ...target, items })
const onTest = (one: SnapshotItem, more: Partial<SnapshotItem> = {}) => ({
  ...one,
  objectId: guidOf(`test ${one.type} ${one.name}`),
  ...more,
})

describe('a plan', () => {
  it('says what is bound only when something has been created', () => {
    const { items } = plan([notebook, lake])
    expect(items.map(one => [one.targetName, one.order, one.parts[0]?.awaits, one.parts[0]?.after === null])).toEqual([
      ['lh_claims_test', 0, [], false],
      ['nb_load', 1, ['Lakehouse lh_claims_test'], true],
    ])
  })

  it('finds an item unchanged when only white space, line ends and key order differ', () => {
    const [json, again] = ['{"a":1,"b":[2]}', '{\r\n  "b": [2],\r\n  "a": 1\r\n}\r\n']
    const copy = (text: string) => item('CopyJob', 'job', [part('copyjob-content.json', text)])
    expect(plan([copy(json)], { target: holding(onTest(copy(again), { name: 'JOB' })) }).items[0]?.action).toBe(
      'update',
    )
    expect(plan([copy(json)], { target: holding(onTest(copy(again))) }).items[0]?.action).toBe('unchanged')
  })

  it('tells an update in plain words', () => {
    const old = onTest(notebook, { parts: [part('notebook-content.py', '# CELL ********************\n\nx = 1\n')] })
    const [planned] = plan([notebook], { target: holding(old) }).items
    expect(planned).toMatchObject({
      action: 'update',
      via: 'definition',
      changes: ['1 cell changed'],
      targetId: old.objectId,
    })
  })

  it.each([
    [
      'a lakehouse whose variable has no value for the tier',
      [lake],
      { tier: 'uat' },
      'blocked',
      'Its name comes from the variable Lakehouse, which has no value for uat.',
    ],
    [
      'two items that would become one',
      [lake, item('Lakehouse', 'lh_claims_test', [])],
      {},
      'would-duplicate',
      'More than one item of the release would become Lakehouse lh_claims_test in the target.',
    ],
    [
      'a type that Fabric denied to the identity before',
      [notebook],
      { identity: { kind: 'service-principal', deniedTypes: ['Notebook'] } },
      'not-supported',
      "Fabric refused the portal's identity to write a Notebook.",
    ],
    [
      'an item without a definition',
      [item('Report', 'old', null)],
      {},
      'not-supported',
      'Fabric gave no definition for this Report.',
    ],
    [
      'a dashboard',
      [item('Dashboard', 'board', null)],
      {},
      'not-supported',
      'Fabric has no way to write a Dashboard by its definition.',
    ],
    [
      'a model that is nowhere',
      [report],
      {},
      'blocked',
      'definition.pbir, $.datasetReference.byPath.path, points to ../Claims.SemanticModel, which is not in the release and not known in the target.',
    ],
  ] as const)('stops %s', (_, items, more, action, because) => {
    const [planned] = plan([...items], more).items
    expect(planned?.action).toBe(action)
    expect(planned?.because).toContain(because)
    expect(planned?.via).toBe('none')
  })

  it('creates a warehouse by its name and leaves an existing one alone', () => {
    const warehouse = item('Warehouse', 'wh', null)
    expect(plan([warehouse]).items[0]).toMatchObject({ action: 'create', shell: true, parts: [] })
    expect(plan([warehouse], { target: holding(onTest(warehouse)) }).items[0]).toMatchObject({
      action: 'unchanged',
      via: 'none',
    })
  })

  it('moves a warehouse that stands in another folder, whatever the case of its name', () => {
    const warehouse = item('Warehouse', 'wh', null, { folder: 'Stores' })
    const inFolder = (folder: string) => plan([warehouse], { target: holding(onTest(warehouse, { folder })) }).items[0]
    expect(inFolder('')).toMatchObject({
      action: 'update',
      via: 'definition',
      currentFolder: '',
      changes: ['moved to folder Stores'],
    })
    expect(inFolder('stores')).toMatchObject({ action: 'unchanged' })
  })

  it('leaves out what Fabric makes by itself', () => {
    const endpoint = item('SQLEndpoint', 'lh_claims_dev', null)
    const there = [item('SQLEndpoint', 'x', null), item('Lakehouse', 'StagingLakehouseForDataflows_20260101', null)]
    expect(plan([lake, endpoint], { target: holding(...there) }).items.map(({ type }) => type)).toEqual(['Lakehouse'])
  })

  it('names the value set to activate', () => {
    const library = item('VariableLibrary', 'vars', [
      part('variables.json', '{}'),
      part('valueSets/Test.json', '{"name":"Test"}'),
    ])
    expect(plan([library]).activeValueSets).toEqual([
      { library: 'vars', sourceId: library.objectId, targetId: null, valueSet: 'Test' },
    ])
    expect(plan([library], { tier: 'prod' }).activeValueSets).toEqual([])
  })

  it('blocks on a Dev value in code until a rule covers it', () => {
    const code = item('Notebook', 'nb', [part('notebook-content.py', 'read("LH_claims_dev.t")\n')])
    const rule: Rule = { kind: 'data-source', name: 'name', variable: 'Lakehouse', itemTypes: ['Notebook'] }
    const blocked = plan([lake, code])
    expect(blocked.leaks).toEqual([
      {
        item: 'Notebook nb',
        part: 'notebook-content.py',
        place: 'line 1',
        found: 'LH_claims_dev',
        what: 'lakehouse name',
        belongsTo: 'dev',
        expected: 'lh_claims_test',
      },
    ])
    expect(blocked.items.find(one => one.type === 'Notebook')?.action).toBe('blocked')
    expect(plan([lake, code], { rules: [rule] })).toMatchObject({ leaks: [], blockers: [] })
  })

  it.each([
    [
      'on another capacity',
      { id: 'x', displayName: 'Dev Capacity', state: 'Active' },
      'Rule cap: Claims-Analytics-Test is on Dev Capacity; it should be on Test Capacity.',
    ],
    ['on none', null, 'Rule cap: Claims-Analytics-Test is on no capacity; it should be on Test Capacity.'],
    [
      'on a paused one',
      { id: 'x', displayName: 'Test Capacity', state: 'Paused' },
      'The capacity Test Capacity of Test is not active (Paused). Resume it.',
    ],
  ])('blocks when the workspace is %s', (_, on, blocker) => {
    const rules: Rule[] = [{ kind: 'capacity', name: 'cap', variable: 'Capacity' }]
    expect(
      plan([notebook], { rules, variables: [lakehouse, capacity], target: { ...target, capacity: on } }).blockers,
    ).toEqual([blocker])
  })

  it('marks a changed data type as a reload', () => {
    const table = (type: string) => [
      part('definition/tables/Claims.tmdl', `table Claims\n\tcolumn PostalCode\n\t\tdataType: ${type}\n`),
    ]
    const there = holding(onTest(model, { parts: table('string') }))
    const result = plan([{ ...model, parts: table('int64') }], { target: there })
    expect(result.items[0]?.reloadsData).toBe(true)
    expect(result.items[0]?.changes).toContain('the data type of Claims[PostalCode] goes from string to int64')
    expect(result.warnings).toContain('SemanticModel Claims: its data has to be loaded again afterwards.')
  })
})

it('a copied item that kept its logical id blocks', () => {
  const logicalId = guidOf('copied')
  const copies = [item('Notebook', 'a', [], { logicalId }), item('Notebook', 'b', [], { logicalId })]
  expect(plan(copies).blockers).toEqual([
    `Notebook a and Notebook b have the same logical id ${logicalId}. Give the copy its own in git.`,
  ])
})

describe('SQL endpoints of the source', () => {
  const endpoint = (tier: string) => ({
    id: guidOf(`endpoint ${tier}`),
    connectionString: `${tier}-x.datawarehouse.fabric.microsoft.com`,
  })
  const source = {
    tier: 'dev',
    workspaceId: guidOf('dev'),
    workspaceName: 'Claims-Analytics-Dev',
    capacity: null,
    connections: [],
    items: [{ id: lake.objectId, type: 'Lakehouse', name: lake.name, sqlEndpoint: endpoint('dev') }],
  } as const
  const direct = item('SemanticModel', 'Claims', [
    part(
      'definition/expressions.tmdl',
      `x = Sql.Database("DEV-x.datawarehouse.fabric.microsoft.com", "${endpoint('dev').id}")`,
    ),
  ])

  it('become those of the target, and are awaited while the lakehouse has none', () => {
    const more = { environments: [source] }
    expect(plan([lake, direct], more).items.find(one => one.type === 'SemanticModel')?.parts[0]).toMatchObject({
      after: null,
      awaits: ['SQL endpoint of Lakehouse lh_claims_test'],
    })
    const there = holding({ ...onTest(lake, { name: 'lh_claims_test' }), sqlEndpoint: endpoint('test') })
    const bound = plan([lake, direct], { ...more, target: there })
    expect(bound.leaks).toEqual([])
    expect(bound.items.find(one => one.type === 'SemanticModel')?.parts[0]?.awaits).toEqual([])
    expect(plan([direct, lake], more).items.map(one => [one.targetName, one.order])).toEqual([
      ['lh_claims_test', 0],
      ['Claims', 1],
    ])
  })
})

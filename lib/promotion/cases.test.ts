import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Rule } from '@/lib/configuration/rule'
import type { Variable } from '@/lib/configuration/variable'
import { isPlatformPart } from '@/lib/release/part-text'
import { buildResolution } from './build-resolution'
import { findLeaks } from './leaks'
import type { PlanInput, TargetState } from './plan-input'
import { planPromotion } from './plan-promotion'
import { rewriteItem } from './rewrite-item'
import { caseInputs, emptyTarget, guidOf, item, part, planInput, readItems, textOf } from './test/items'
import { verifyTarget } from './verify-target'

const devWorkspace = 'aaaa1111-0000-4000-8000-00000000d0e1'
const devLake = 'bbbb2222-0000-4000-8000-00000000d0e2'
const testWorkspace = 'cccc3333-0000-4000-8000-0000000007e5'
const testLake = 'dddd4444-0000-4000-8000-0000000007e6'

/** The find_replace entries of a rule file, as variables with one value per tier and a data source rule each. */
function rulesOf(file: string): { variables: Variable[]; rules: Rule[] } {
  const path = `${caseInputs}/${file}`
  const entries = existsSync(path) ? readFileSync(path, 'utf8').split('- find_value:').slice(1) : []
  const value = (entry: string, tier: string) => new RegExp(`${tier}: *"([^"]+)"`).exec(entry)?.[1]
  const variables = entries.map((entry, index): Variable => {
    const [test, prod] = [value(entry, 'TEST'), value(entry, 'PROD')]
    const dev = /"([^"]+)"/.exec(entry)?.[1] ?? ''
    const values = { dev, ...(test === undefined ? {} : { test }), ...(prod === undefined ? {} : { prod }) }
    return { name: `value ${index + 1}`, kind: 'text', values }
  })
  const rules = variables.map(
    ({ name }): Rule => ({ kind: 'data-source', name: `rule for ${name}`, variable: name, itemTypes: null }),
  )
  return { variables, rules }
}

const repo = readItems(`${caseInputs}/repo`, devWorkspace)
const release = {
  ...repo,
  items: repo.items.map(one => (one.type === 'Lakehouse' ? { ...one, objectId: devLake } : one)),
}
const lakehouse: Variable = {
  name: 'Lakehouse',
  kind: 'lakehouse',
  values: { dev: 'lh_claims_dev', test: 'lh_claims_test' },
}
const nameRule: Rule = { kind: 'data-source', name: 'lakehouse name', variable: 'Lakehouse', itemTypes: null }
const target: TargetState = {
  ...emptyTarget('Claims-Analytics-Test'),
  workspaceId: testWorkspace,
  items: [item('Lakehouse', 'lh_claims_test', [], { objectId: testLake })],
}
const environments: PlanInput['environments'] = [
  {
    tier: 'dev',
    workspaceId: devWorkspace,
    workspaceName: 'Claims-Analytics-Dev',
    capacity: { id: guidOf('dev capacity'), displayName: 'Dev Capacity' },
    items: release.items.map(({ objectId, type, name }) => ({ id: objectId, type, name })),
    connections: [],
  },
]
const input = (more: Partial<PlanInput> = {}) =>
  planInput(release, { target, environments, variables: [lakehouse], rules: [nameRule], ...more })

describe.skipIf(!existsSync(`${caseInputs}/repo`))(`the ${repo.items.length} items of the cases`, () => {
  it('are planned into Test without a value of Dev left', () => {
    const plan = planPromotion(input())
    expect(plan.blockers).toEqual([])
    expect(plan.leaks).toEqual([])
    expect(plan.items.map(one => [one.sourceName, one.targetName, one.action, one.order])).toEqual([
      ['lh_claims_dev', 'lh_claims_test', 'unchanged', 0],
      ['nb_load_claims', 'nb_load_claims', 'create', 1],
      ['Claims', 'Claims', 'create', 1],
      ['Claims', 'Claims', 'create', 1],
      ['pl_daily', 'pl_daily', 'create', 2],
    ])
  })

  it('A1: a Dev value in the target read back is a wrong binding, with item, part, found and expected id', () => {
    const plan = planPromotion(input())
    const model = release.items.find(one => one.type === 'SemanticModel')
    const read = { ...target, items: [...target.items, ...(model === undefined ? [] : [model])] }
    const here = {
      tier: 'test' as const,
      workspaceId: testWorkspace,
      workspaceName: 'Claims-Analytics-Test',
      capacity: null,
      items: [{ id: testLake, type: 'Lakehouse', name: 'lh_claims_test' }],
      connections: [],
    }
    const known = [...environments, here]
    const findings = verifyTarget({
      plan,
      target: read,
      expected: new Map(),
      environments: known,
      variables: [lakehouse],
    })
    const leaks = findings.filter(({ kind }) => kind === 'leak').map(({ message }) => message)
    expect(leaks).toHaveLength(2)
    expect(leaks[0]).toBe(
      `Wrong binding in SemanticModel Claims: definition/expressions.tmdl, line 3, holds AAAA1111-0000-4000-8000-00000000D0E1 (workspace id of dev); expected ${testWorkspace}.`,
    )
    expect(leaks[1]).toContain(`expected ${testLake}`)
  })

  it('A2: ids match in any case, with the hits of each file counted', () => {
    const { variables, rules } = rulesOf('rules_case_mismatch.yml')
    const [effect] = planPromotion(input({ variables: [lakehouse, ...variables], rules: [...rules, nameRule] })).rules
    const counts = Object.fromEntries((effect?.files ?? []).map(({ path, count }) => [path, count]))
    expect(counts).toEqual({ 'definition/expressions.tmdl': 1, 'notebook-content.py': 1, 'definition.pbir': 1 })
  })

  it('A4: a rule that touches nothing warns; a hit without a value for the tier blocks', () => {
    const never = planPromotion(input({ ...rulesOf('rules_never_match.yml') }))
    expect(never.rules.map(({ status, files }) => [status, files])).toEqual([['no-hit', []]])
    expect(never.warnings).toContain(
      'Rule rule for value 1 touches nothing: no part holds 99999999-dead-4bad-8bad-000000000000.',
    )
    const toProd = { tier: 'prod', ...rulesOf('rules_missing_stage.yml') } as const
    const missing = planPromotion(input(toProd))
    expect(missing.rules[0]).toMatchObject({ status: 'missing-value', newValue: null })
    expect(missing.rules[0]?.files.map(({ path }) => path)).toEqual([
      'notebook-content.py',
      'definition/expressions.tmdl',
      'definition.pbir',
    ])
    expect(missing.blockers.join('\n')).toContain('has no value for Prod')
  })

  it('A5: a parameter rule leaves every file without that parameter byte-identical', () => {
    const rule: Rule = {
      kind: 'parameter',
      name: 'server',
      variable: 'Server',
      parameter: 'db_server_name',
      itemTypes: null,
    }
    const variables: Variable[] = [
      { name: 'Server', kind: 'connection', values: { dev: 'dev-conn-str', test: 'test-conn-str' } },
    ]
    const with_ = planPromotion(input({ variables: [lakehouse, ...variables], rules: [rule, nameRule] }))
    const without = planPromotion(input())
    expect(with_.rules[0]?.files).toEqual([])
    expect(with_.items.map(({ parts }) => parts)).toEqual(without.items.map(({ parts }) => parts))
  })

  it('A7: logical ids and the all-zero workspace become ids of the target; one that nothing has blocks', () => {
    const made = new Map(release.items.map(one => [one.objectId, { id: guidOf(`made ${one.name}`) }]))
    const pipeline = release.items.find(one => one.type === 'DataPipeline')
    if (pipeline === undefined) throw new Error('the cases hold a data pipeline')
    const { parts } = rewriteItem(pipeline, pipeline.name, { ...input(), resolution: buildResolution(input(), made) })
    const { activities } = JSON.parse(textOf(parts, 'pipeline-content.json')).properties
    expect(activities[0].typeProperties).toEqual({
      notebookId: guidOf('made nb_load_claims'),
      workspaceId: testWorkspace,
    })
    expect(activities[1].typeProperties.sink.datasetSettings.linkedService.properties.typeProperties).toEqual({
      workspaceId: testWorkspace,
      artifactId: guidOf('made lh_claims_dev'),
    })
    const withoutNotebook = { ...release, items: release.items.filter(one => one.type !== 'Notebook') }
    const plan = planPromotion(input({ release: withoutNotebook }))
    expect(plan.items.find(one => one.type === 'DataPipeline')).toMatchObject({
      action: 'blocked',
      because: [
        'pipeline-content.json, $.properties.activities[0].typeProperties.notebookId, points to 10000000-0000-4000-8000-000000000003, which is not in the release and not known in the target.',
      ],
    })
  })

  it('A10: data-holding items of the target that the release does not hold stay behind', () => {
    const more = [...target.items, item('Warehouse', 'wh_claims_test', null), item('Lakehouse', 'lh_other', [])]
    const plan = planPromotion(input({ target: { ...target, items: more } }))
    const left = plan.items.filter(({ action }) => action === 'stays-behind')
    expect(left.map(({ targetName, holdsData, via }) => [targetName, holdsData, via])).toEqual([
      ['lh_other', true, 'none'],
      ['wh_claims_test', true, 'none'],
    ])
  })

  it('A14: an item of the same type and name that the pipeline has not paired would be duplicated, and blocks', () => {
    const { source, target: there } = JSON.parse(
      readFileSync(`${caseInputs}/stage_items_unpaired_duplicate.json`, 'utf8'),
    )
    const report = (one: { itemId: string; itemDisplayName: string }) =>
      item('Report', one.itemDisplayName, [], { objectId: one.itemId })
    const plan = planPromotion(
      planInput(
        { workspaceId: devWorkspace, items: source.map(report) },
        {
          strategy: 'deployment-pipeline',
          pairing: { sourceTier: 'dev', edges: [] },
          target: {
            ...target,
            items: there.map(report).map((one: { description: string }) => ({ ...one, description: 'older' })),
          },
        },
      ),
    )
    expect(plan.items[0]).toMatchObject({
      action: 'would-duplicate',
      via: 'none',
      targetId: '80000000-0000-4000-8000-000000000099',
    })
    expect(plan.blockers.join()).toContain('would create a duplicate')
  })

  it('A22: an unknown type is listed as not supported, and everything else goes on', () => {
    const future = { ...release, items: [...release.items, item('OrgApp2027', 'portal', [])] }
    const plan = planPromotion(
      input({ release: future, target: { ...target, items: [...target.items, item('OrgApp2027', 'other', null)] } }),
    )
    expect(plan.counts).toMatchObject({ 'not-supported': 1, create: 4, unchanged: 1, 'stays-behind': 1 })
    expect(plan.blockers).toEqual([])
    expect(plan.warnings.join()).toContain('OrgApp2027 portal is not promoted.')
  })

  it('a notebook bound by logical id gets the name of its lakehouse in the target too', () => {
    const logicalId = '10000000-0000-4000-8000-000000000004'
    const meta = (id: string, name: string) =>
      `# META {\n# META   "dependencies": {"lakehouse": {"default_lakehouse": "${id}", "default_lakehouse_name": "${name}"}}\n# META }\n`
    const bound = item('Notebook', 'nb', [part('notebook-content.py', meta(logicalId, 'lh_claims_dev'))])
    const { parts } = rewriteItem(bound, 'nb', { ...input({ rules: [] }), resolution: buildResolution(input()) })
    expect(textOf(parts, 'notebook-content.py')).toBe(meta(testLake, 'lh_claims_test'))
  })

  it('nothing of another tier is left in any rewritten part', () => {
    const { variables, rules } = rulesOf('rules_ok.yml')
    const made = new Map(release.items.map(one => [one.objectId, { id: guidOf(`made ${one.name}`) }]))
    const given = input({ variables: [lakehouse, ...variables], rules: [...rules, nameRule] })
    for (const one of release.items) {
      const { parts } = rewriteItem(one, one.name, { ...given, resolution: buildResolution(given, made) })
      expect(findLeaks({ ...one, parts }, environments, given.variables, 'test'), one.name).toEqual([])
      for (const [index, part] of (one.parts ?? []).entries())
        if (isPlatformPart(part.path)) expect(parts?.[index]?.bytes).toEqual(part.bytes)
    }
  })
})

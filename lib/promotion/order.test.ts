import { describe, expect, it } from 'vitest'
import type { SnapshotItem } from '@/lib/release/snapshot'
import { buildResolution } from './build-resolution'
import { promotionOrder } from './order'
import { planPromotion } from './plan-promotion'
import { provisionalParts, rewriteItem } from './rewrite-item'
import { guidOf, item, part, planInput, textOf } from './test/items'

const lake = item('Lakehouse', 'lh_claims_dev', [])
const notebook = item('Notebook', 'nb_load', [part('notebook-content.py', `x = "${lake.objectId}"\n`)])
const model = item('SemanticModel', 'Claims', [])
const report = item('Report', 'Claims', [
  part('definition.pbir', '{"datasetReference":{"byPath":{"path":"../Claims.SemanticModel"}}}'),
])
const plan = (items: SnapshotItem[]) => planPromotion(planInput({ workspaceId: guidOf('dev'), items }))

describe('the order of writing', () => {
  const names = (items: SnapshotItem[]) =>
    promotionOrder(items).levels.map(level => level.map(({ type, name }) => `${type} ${name}`))
  const refers = (type: string, name: string, ...to: SnapshotItem[]) =>
    item(type, name, [part('a.json', JSON.stringify(to.map(one => one.objectId)))])

  it('follows references first, then the usual order of types', () => {
    const pipeline = refers('DataPipeline', 'p', notebook)
    expect(names([report, pipeline, notebook, model, lake])).toEqual([
      ['Lakehouse lh_claims_dev', 'SemanticModel Claims'],
      ['Notebook nb_load', 'Report Claims'],
      ['DataPipeline p'],
    ])
  })

  it('lets one item of a circle through, and says so', () => {
    const first = item('DataPipeline', 'a', [part('a.json', `"${guidOf('DataPipeline/b')}"`)])
    const second = refers('DataPipeline', 'b', first)
    const after = refers('VariableLibrary', 'after', second)
    const { levels, cyclic } = promotionOrder([after, second, first])
    expect(levels.map(level => level.map(({ name }) => name))).toEqual([['a'], ['b'], ['after']])
    expect([...cyclic]).toEqual([first])
    expect(plan([after, second, first]).items.map(one => [one.sourceName, one.secondWrite])).toEqual([
      ['a', true],
      ['b', false],
      ['after', false],
    ])
  })
})

it('a notebook that a rule binds by the name of its lakehouse comes after that lakehouse', () => {
  const binding = `{"dependencies": {"lakehouse": {"default_lakehouse": "${guidOf('gone')}", "default_lakehouse_name": "lh_claims_dev"}}}`
  const bound = item('Notebook', 'nb_bound', [
    part('notebook-content.py', `# Fabric notebook source\n\n# META ${binding}\n`),
  ])
  const more = {
    variables: [{ name: 'lake', kind: 'lakehouse', values: { dev: 'lh_claims_dev', test: 'lh_claims_test' } }],
    rules: [{ kind: 'lakehouse', name: 'Lakehouse', variable: 'lake' }],
  } as const
  const { items } = planPromotion(planInput({ workspaceId: guidOf('dev'), items: [bound, lake] }, more))
  expect(items.map(one => [one.targetName, one.order, one.secondWrite])).toEqual([
    ['lh_claims_test', 0, false],
    ['nb_bound', 1, false],
  ])
})

it('an item of a circle is first written with zeros for what does not exist yet', () => {
  const first = item('DataPipeline', 'a', [part('a.json', `{"x":"${guidOf('DataPipeline/b')}","y":1}`)])
  const second = item('DataPipeline', 'b', [part('a.json', `"${first.objectId}"`)])
  const input = planInput({ workspaceId: guidOf('dev'), items: [first, second] })
  const { parts } = rewriteItem(first, 'a', { ...input, resolution: buildResolution(input) })
  expect(parts?.[0]?.awaits).toEqual(['DataPipeline b'])
  expect(textOf(provisionalParts(parts ?? []), 'a.json')).toBe('{"x":"00000000-0000-0000-0000-000000000000","y":1}')
})

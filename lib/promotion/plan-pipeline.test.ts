import { describe, expect, it } from 'vitest'
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
const lake = item('Lakehouse', 'lh_claims_dev', [part('lakehouse.metadata.json', '{}')])
const notebook = item('Notebook', 'nb_load', [
  part('notebook-content.py', `# CELL ********************\n\nx = "${lake.objectId}"\n`),
])
const model = item('SemanticModel', 'Claims', [part('definition/model.tmdl', 'model Model\n')])
const target = emptyTarget('Claims-Analytics-Test')

const plan = (items: SnapshotItem[], more: Partial<PlanInput> = {}) =>
  planPromotion(planInput({ workspaceId: guidOf('dev'), items }, { target, variables: [lakehouse], ...more }))
const holding = (...items: TargetState['items']): TargetState => ({ ...target, items })
const onTest = (one: SnapshotItem, more: Partial<SnapshotItem> = {}) => ({
  ...one,
  objectId: guidOf(`test ${one.type} ${one.name}`),
  ...more,
})

describe('by deployment pipeline', () => {
  const pipeline = { strategy: 'deployment-pipeline', pairing: { sourceTier: 'dev', edges: [] } } as const

  it('new items go through the pipeline and are rewritten after it; renamed ones are written by definition', () => {
    expect(
      plan([lake, notebook, model], pipeline).items.map(one => [
        one.targetName,
        one.via,
        one.thenDefinition,
        one.pipelineSourceId,
      ]),
    ).toEqual([
      ['lh_claims_test', 'definition', false, null],
      ['Claims', 'pipeline', false, model.objectId],
      ['nb_load', 'pipeline', true, notebook.objectId],
    ])
  })

  it('an existing item that has to be rewritten is written once, already rewritten', () => {
    const there = onTest(notebook, { parts: [part('notebook-content.py', 'x = 1\n')] })
    const edges = [{ sourceItemId: notebook.objectId, targetItemId: there.objectId }]
    const { items } = plan([lake, notebook], {
      ...pipeline,
      pairing: { sourceTier: 'dev', edges },
      target: holding(there),
    })
    expect(items.find(one => one.type === 'Notebook')).toMatchObject({ action: 'update', via: 'definition' })
  })

  it('an item that moves to another folder is written without the pipeline, which would leave it where it is', () => {
    const there = onTest(model, { folder: 'Old' })
    const edges = [{ sourceItemId: model.objectId, targetItemId: there.objectId }]
    const more = { ...pipeline, pairing: { sourceTier: 'dev', edges }, target: holding(there) } as const
    expect(plan([model], more).items[0]).toMatchObject({ action: 'update', via: 'definition', folder: '' })
  })

  it('pairs by the stored edge, whatever the name', () => {
    const there = onTest(model, { name: 'Renamed' })
    const edges = [{ sourceItemId: model.objectId, targetItemId: there.objectId }]
    const [planned] = plan([model], {
      ...pipeline,
      pairing: { sourceTier: 'dev', edges },
      target: holding(there),
    }).items
    expect(planned).toMatchObject({
      action: 'update',
      via: 'pipeline',
      targetId: there.objectId,
      changes: ['renamed from Renamed'],
    })
  })
})

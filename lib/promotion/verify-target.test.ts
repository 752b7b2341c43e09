import { describe, expect, it } from 'vitest'
import type { SnapshotItem } from '@/lib/release/snapshot'
import type { TargetState } from './plan-input'
import { planPromotion } from './plan-promotion'
import { emptyTarget, guidOf, item, part, planInput } from './test/items'
import { verifyTarget } from './verify-target'

const model = item('SemanticModel', 'Claims', [part('definition/model.tmdl', 'model Model\n')])
const target = emptyTarget('Claims-Analytics-Test')
const plan = (items: SnapshotItem[]) => planPromotion(planInput({ workspaceId: guidOf('dev'), items }, { target }))
const holding = (...items: TargetState['items']): TargetState => ({ ...target, items })
const onTest = (one: SnapshotItem, more: Partial<SnapshotItem> = {}) => ({
  ...one,
  objectId: guidOf(`test ${one.type} ${one.name}`),
  ...more,
})

describe('verifying the target', () => {
  const planned = plan([model])
  const expected = new Map([[model.objectId, model.parts ?? []]])
  const verify = (...items: TargetState['items']) =>
    verifyTarget({ plan: planned, target: holding(...items), expected, environments: [], variables: [] }).map(
      ({ kind, message }) => [kind, message],
    )

  it.each([
    [
      'as written, with other line ends',
      [onTest(model, { parts: [part('definition/model.tmdl', 'model Model\r\n\r\n')] })],
      [],
    ],
    ['missing', [], [['missing', 'SemanticModel Claims is not in the target.']]],
    [
      'different',
      [onTest(model, { parts: [part('definition/model.tmdl', 'model Other\n')] })],
      [['different', 'SemanticModel Claims: definition/model.tmdl is not what was written.']],
    ],
    [
      'half written',
      [onTest(model, { parts: [] })],
      [['different', 'SemanticModel Claims: definition/model.tmdl is missing.']],
    ],
    [
      'in another folder',
      [onTest(model, { folder: 'old' })],
      [['wrong-folder', 'SemanticModel Claims is in folder old, planned was root.']],
    ],
    [
      'there twice',
      [onTest(model), onTest(model, { objectId: guidOf('second') })],
      [['duplicate', 'The target holds 2 items SemanticModel Claims.']],
    ],
  ])('finds an item %s', (_, items, findings) => {
    expect(verify(...items)).toEqual(findings)
  })
})

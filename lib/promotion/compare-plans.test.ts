import { describe, expect, test } from 'vitest'
import { planDifferences } from './compare-plans'
import type { Plan, PlannedItem } from './plan'

const digest = (letter: string) => `sha256:${letter.repeat(64)}` as const
const item: PlannedItem = {
  type: 'Notebook',
  sourceName: 'nb_load',
  targetName: 'nb_load',
  sourceId: 'a',
  targetId: 'b',
  folder: '',
  currentFolder: '',
  description: '',
  action: 'update',
  via: 'definition',
  thenDefinition: false,
  pipelineSourceId: null,
  secondWrite: false,
  shell: false,
  holdsData: false,
  because: [],
  changes: [],
  reloadsData: false,
  parts: [{ path: 'notebook-content.py', before: digest('1'), after: digest('2'), awaits: [] }],
  order: 0,
}
const plan = (items: readonly PlannedItem[], change: Partial<Plan> = {}): Plan => ({
  tier: 'test',
  strategy: 'definitions',
  releaseDigest: digest('a'),
  ruleSetDigest: digest('b'),
  targetWorkspaceId: 'w',
  targetWorkspaceName: 'Claims-Analytics-Test',
  items: [...items],
  rules: [],
  leaks: [],
  activeValueSets: [],
  warnings: [],
  blockers: [],
  counts: {
    create: 0,
    update: 1,
    unchanged: 0,
    'stays-behind': 0,
    'not-supported': 0,
    'would-duplicate': 0,
    blocked: 0,
  },
  ...change,
})

describe('planDifferences', () => {
  test('is empty for the same plan', () => {
    expect(planDifferences(plan([item]), plan([item]))).toEqual([])
  })

  test.each<[string, readonly PlannedItem[], Partial<Plan>]>([
    ['Notebook nb_load was to be updated and would be created', [{ ...item, action: 'create' }], {}],
    ['Notebook nb_load is another item in the target than it was', [{ ...item, targetId: 'c' }], {}],
    [
      'Notebook nb_load was changed in the target meanwhile (notebook-content.py)',
      [{ ...item, parts: item.parts.map(part => ({ ...part, before: digest('3') })) }],
      {},
    ],
    ['Notebook nb_load is no longer there', [], {}],
    ['Notebook nb_new is new in the plan (update)', [item, { ...item, sourceId: 'n', targetName: 'nb_new' }], {}],
    ['the variables or rules of the tier were changed', [item], { ruleSetDigest: digest('c') }],
    ['the target workspace is Claims-Test now', [item], { targetWorkspaceName: 'Claims-Test' }],
  ])('%s', (sentence, items, change) => {
    expect(planDifferences(plan([item]), plan(items, change))).toEqual([sentence])
  })
})

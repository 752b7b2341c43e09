import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { digestOf } from '@/lib/kernel/digest'
import { covered } from './covered'
import { type CriterionId, criteria, criteriaOf } from './criteria'
import type { GateFacts, SignOffFact } from './facts'
import { evaluateGate, opensByItselfAt } from './gate'

const now = new Date('2026-11-26T19:30:00Z')
const content = {
  release: digestOf('release'),
  rules: digestOf('rules'),
  target: 'workspace',
  window: '2026-11-26T19:00:00Z/2026-11-26T21:00:00Z',
}
const pass = { outcome: 'pass', summary: '120 tests passed', link: null, source: 'pipeline', receivedAt: now } as const
const evidence = Object.fromEntries(criteria.filter(c => c.kind === 'evidence').map(c => [c.id, pass]))
const made = { madeBy: 'Release manager', madeAt: now }
const records = {
  'release-notes': { content: { text: 'New page' }, ...made },
  'rollback-plan': {
    content: { method: 'Backup restore', steps: 'Restore the backup', decidedBy: 'Release manager' },
    ...made,
  },
  'deployment-window': {
    content: { start: '2026-11-26T19:00:00Z', end: '2026-11-26T21:00:00Z', zone: 'Europe/Oslo' },
    ...made,
  },
  'on-call': { content: { person: 'On-call engineer', contact: 'phone 1' }, ...made },
  communication: { content: { subject: 'Tonight', text: 'Claims gets a new page' }, ...made },
}

const vote = (id: CriterionId, userId: string, more: Partial<SignOffFact> = {}): SignOffFact => ({
  id: `${id}-${userId}`,
  verdict: 'yes',
  userId,
  userName: userId,
  role: 'cab-member',
  statement: '',
  covered: covered(id, content),
  givenAt: now,
  endedAt: null,
  endedBecause: null,
  holdsRole: true,
  ...more,
})

const open = (hop: GateFacts['hop'], more: Partial<GateFacts> = {}): GateFacts => ({
  now,
  hop,
  content,
  releaseNumber: '2026.11.4',
  ticketOpen: true,
  arrivedInSource: now,
  evidence,
  signOffs: {
    'qa-sign-off': [vote('qa-sign-off', 'qa')],
    'uat-sign-off': [vote('uat-sign-off', 'business')],
    'change-request': [vote('change-request', 'cab-1'), vote('change-request', 'cab-2')],
  },
  records: hop === 'uat-prod' ? records : { 'release-notes': records['release-notes'] },
  announcement: { sent: 12, waiting: 0, failed: 0 },
  conflicts: [],
  eligible: { 'qa-sign-off': 1, 'uat-sign-off': 2, 'change-request': 3 },
  plan: { rules: content.rules, blockers: [] },
  busy: null,
  ...more,
})

const reasons = (facts: GateFacts) => {
  const gate = evaluateGate(facts)
  return gate.open ? [] : gate.unmet.map(unmet => `${unmet.id}: ${unmet.because}`)
}

describe('section 3 as data', () => {
  test('has the 17 criteria of the policy, 5 and 6 and 6', () => {
    expect(criteria).toHaveLength(17)
    expect(['dev-test', 'test-uat', 'uat-prod'].map(hop => criteriaOf(hop as GateFacts['hop']).length)).toEqual([
      5, 6, 6,
    ])
    expect(new Set(criteria.map(c => c.id)).size).toBe(17)
  })
})

describe('a gate with everything met', () => {
  test.each(['dev-test', 'test-uat', 'uat-prod'] as const)('%s is open', hop => {
    expect(reasons(open(hop))).toEqual([])
  })
})

describe('what keeps a gate shut, and why', () => {
  const signOffs = (list: readonly SignOffFact[]) => ({
    signOffs: { ...open('uat-prod').signOffs, 'change-request': list },
  })
  const first = vote('change-request', 'cab-1')
  const second = vote('change-request', 'cab-2')
  const window = (start: string, end: string) => ({
    records: { ...records, 'deployment-window': { content: { start, end, zone: 'Europe/Oslo' }, ...made } },
  })
  const cases: [string, GateFacts['hop'], Partial<GateFacts>, string[]][] = [
    ['evidence that was never reported', 'dev-test', { evidence: { ...evidence, lint: undefined } }, ['lint: missing']],
    [
      'evidence that says no',
      'dev-test',
      { evidence: { ...evidence, 'unit-tests': { ...pass, outcome: 'fail' } } },
      ['unit-tests: failing'],
    ],
    ['one vote of two', 'uat-prod', signOffs([first]), ['change-request: awaiting']],
    [
      'one person voting in two roles',
      'uat-prod',
      signOffs([first, { ...first, id: 'again', role: 'cab-chair' }]),
      ['change-request: awaiting'],
    ],
    [
      'a no',
      'uat-prod',
      signOffs([first, second, vote('change-request', 'cab-3', { verdict: 'no', statement: 'Not in December' })]),
      ['change-request: refused'],
    ],
    [
      'a yes for other content',
      'uat-prod',
      signOffs([first, vote('change-request', 'cab-2', { covered: { ...second.covered, release: digestOf('old') } })]),
      ['change-request: void'],
    ],
    [
      'a yes for another window',
      'uat-prod',
      signOffs([first, vote('change-request', 'cab-2', { covered: { ...second.covered, window: null } })]),
      ['change-request: void'],
    ],
    [
      'a yes that was withdrawn',
      'uat-prod',
      signOffs([first, { ...second, endedAt: now, endedBecause: 'withdrawn' }]),
      ['change-request: awaiting'],
    ],
    [
      'a yes of somebody who lost the role',
      'uat-prod',
      signOffs([first, { ...second, holdsRole: false }]),
      ['change-request: void'],
    ],
    [
      'a yes of the requester',
      'uat-prod',
      { conflicts: [{ userId: 'cab-2', because: 'they requested this deployment' }] },
      ['change-request: void'],
    ],
    [
      'a quorum that cannot be reached',
      'uat-prod',
      { ...signOffs([]), eligible: { 'uat-sign-off': 1, 'change-request': 1 } },
      ['change-request: unreachable'],
    ],
    [
      'nobody who may sign off',
      'test-uat',
      { signOffs: {}, eligible: { 'qa-sign-off': 0 } },
      ['qa-sign-off: unreachable'],
    ],
    ['a record that is missing', 'uat-prod', { records: { ...records, 'on-call': undefined } }, ['on-call: missing']],
    [
      'an announcement that reached nobody',
      'uat-prod',
      { announcement: { sent: 0, waiting: 0, failed: 3 } },
      ['communication: failing'],
    ],
    [
      'an announcement whose mails are not written yet',
      'uat-prod',
      { announcement: { sent: 0, waiting: 0, failed: 0 } },
      ['communication: awaiting'],
    ],
    [
      'an announcement still going out',
      'uat-prod',
      { announcement: { sent: 3, waiting: 2, failed: 0 } },
      ['communication: awaiting'],
    ],
    [
      'a window that has not opened',
      'uat-prod',
      window('2026-11-26T20:00:00Z', '2026-11-26T22:00:00Z'),
      ['window: too-early'],
    ],
    [
      'a window that has passed',
      'uat-prod',
      window('2026-11-26T17:00:00Z', '2026-11-26T19:30:00Z'),
      ['deployment-window: too-late'],
    ],
    [
      'a release that never succeeded in the tier before',
      'test-uat',
      { arrivedInSource: null },
      ['source-tier: elsewhere-first'],
    ],
    ['no plan yet', 'dev-test', { plan: null }, ['plan: awaiting']],
    ['a plan for other rules', 'dev-test', { plan: { rules: 'other', blockers: [] } }, ['plan: awaiting']],
    [
      'a plan with a blocker',
      'dev-test',
      { plan: { rules: content.rules, blockers: ['Connection has no value for Test'] } },
      ['plan: failing'],
    ],
    [
      'another promotion into the same environment',
      'dev-test',
      { busy: { ticket: 'CHG-0007', since: now } },
      ['environment: busy'],
    ],
    ['a closed ticket', 'dev-test', { ticketOpen: false }, ['ticket: elsewhere-first']],
  ]
  test.each(cases)('%s', (_name, hop, change, expected) => {
    expect(reasons(open(hop, change))).toEqual(expected)
  })

  test('every unmet line says who can clear it or when', () => {
    for (const [, hop, change] of cases) {
      const gate = evaluateGate(open(hop, change))
      if (gate.open) throw new Error('it should be shut')
      for (const unmet of gate.unmet) expect(unmet.sentence.length).toBeGreaterThan(10)
    }
  })
})

test('a gate that only waits for its window names the time', () => {
  const records = {
    ...open('uat-prod').records,
    'deployment-window': {
      content: { start: '2026-11-26T20:00:00Z', end: '2026-11-26T22:00:00Z', zone: 'Europe/Oslo' },
      ...made,
    },
  }
  const later = { ...content, window: '2026-11-26T20:00:00Z/2026-11-26T22:00:00Z' }
  const held = ['cab-1', 'cab-2'].map(id => vote('change-request', id, { covered: covered('change-request', later) }))
  const gate = evaluateGate(
    open('uat-prod', { records, content: later, signOffs: { ...open('uat-prod').signOffs, 'change-request': held } }),
  )
  expect(opensByItselfAt(gate)).toEqual(new Date('2026-11-26T20:00:00Z'))
})

test('an open gate has no unmet line, a shut one has at least one', () => {
  const maybe = <T>(value: T) => fc.option(fc.constant(value), { nil: undefined })
  fc.assert(
    fc.property(
      fc.constantFrom('dev-test', 'test-uat', 'uat-prod' as const),
      maybe(pass),
      fc.boolean(),
      fc.boolean(),
      (hop, lint, arrived, busy) => {
        const facts = open(hop as GateFacts['hop'], {
          evidence: { ...evidence, lint, 'data-quality': lint },
          arrivedInSource: arrived ? now : null,
          busy: busy ? { ticket: 'CHG-0001', since: now } : null,
        })
        const gate = evaluateGate(facts)
        expect(gate.open).toBe(gate.verdicts.every(verdict => verdict.met))
      },
    ),
  )
})

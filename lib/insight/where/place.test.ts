import { describe, expect, test } from 'vitest'
import { nextHop } from '../release/next-hop'
import { environmentState, placeInDev, placeOf } from './place'

const at = new Date('2026-11-25T10:00:00Z')
const run = (phase: string) => ({ phase, message: 'because', at, ticket: 'CHG-0001' })
const waiting = { unmet: 2, ticket: 'CHG-0002' }

describe('where a release stands in a tier', () => {
  test.each([
    ['nothing known', { isThere: false, run: null, waiting: null }, null],
    ['a ticket waits', { isThere: false, run: null, waiting }, 'waiting'],
    ['a ticket with an open gate', { isThere: false, run: null, waiting: { ...waiting, unmet: 0 } }, 'ready'],
    ['it runs', { isThere: false, run: run('running'), waiting }, 'running'],
    ['it failed, and its ticket waits for another run', { isThere: false, run: run('failed'), waiting }, 'failed'],
    ['a run was cancelled, and its ticket waits', { isThere: false, run: run('cancelled'), waiting }, 'waiting'],
    ['it is there', { isThere: true, run: run('succeeded'), waiting: null }, 'deployed'],
    ['it is being deployed again', { isThere: true, run: run('validating'), waiting: null }, 'validating'],
    ['it has been there', { isThere: false, run: run('succeeded'), waiting: null }, 'passed'],
  ])('%s', (_, known, state) => {
    expect(placeOf(known)?.state ?? null).toBe(state)
  })

  test('a failure says why, a success nothing more', () => {
    expect(placeOf({ isThere: false, run: run('failed'), waiting: null })?.detail).toBe('because')
    expect(placeOf({ isThere: true, run: run('succeeded'), waiting: null })?.detail).toBeNull()
  })
})

test.each([
  [null, null, 'never-deployed'],
  [null, 0, 'in-step'],
  [run('succeeded'), 3, 'behind'],
  [run('queued'), 3, 'deploying'],
  [run('validating'), 0, 'validating'],
  [run('partial'), 3, 'failed'],
  [run('unknown'), 3, 'unknown'],
  [run('cancelled'), 0, 'in-step'],
] as const)('an environment: %j with %j newer is %s', (last, newer, state) => {
  expect(environmentState(last, newer)).toBe(state)
})

describe('the next ticket that can be opened', () => {
  const deployed = placeInDev(true)
  const none = { dev: deployed, test: null, uat: null, prod: null }
  test.each([
    ['into Test first', none, [], 'dev-test'],
    ['none while one is open there', none, ['dev-test'], null],
    ['into UAT after Test', { ...none, test: deployed }, [], 'test-uat'],
    ['none before it has arrived', { ...none, test: { ...deployed, state: 'running' } }, ['dev-test'], null],
    ['again after a failure whose ticket is gone', { ...none, test: { ...deployed, state: 'failed' } }, [], 'dev-test'],
    ['none from Prod on', { dev: deployed, test: deployed, uat: deployed, prod: deployed }, [], null],
  ] as const)('%s', (_, places, open, hop) => {
    expect(nextHop(places, open)).toBe(hop)
  })
})

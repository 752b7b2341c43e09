import { describe, expect, test } from 'vitest'
import { itemsOf, type ProgressRow, type RunState, stepsOf, withNews } from './progress'
import { type Tailing, tailProgress } from './tail-progress'

let sequence = 0
function row(step: string, item: string, status: string): ProgressRow {
  sequence += 1
  return {
    sequence,
    step,
    item,
    status,
    message: `${step} ${item} ${status}`,
    at: new Date(sequence * 1000).toISOString(),
  }
}
const run = (phase: string, ...rows: readonly ProgressRow[]): RunState => ({
  ...{ phase, message: null, startedAt: null, endedAt: null },
  rows,
})
const statuses = (state: RunState, strategy = 'definitions') =>
  Object.fromEntries(stepsOf(state, strategy).map(({ step, status }) => [step, status]))

describe('the steps of a run', () => {
  test('wait at first, and know of the pipeline only when it is used', () => {
    expect(new Set(Object.values(statuses(run('queued'))))).toEqual(new Set(['waiting']))
    expect(statuses(run('queued'))).not.toHaveProperty('deploy')
    expect(statuses(run('queued'), 'deployment-pipeline')).toHaveProperty('deploy', 'waiting')
  })

  test('writing goes on while an item is written, and is over when a later step begins', () => {
    const rows = [
      row('gate', '', 'running'),
      row('gate', '', 'done'),
      row('write', 'a', 'done'),
      row('write', 'b', 'running'),
    ]
    expect(statuses(run('running', ...rows))).toMatchObject({ gate: 'passed', read: 'skipped', write: 'running' })
    const later = [...rows, row('write', 'b', 'done'), row('verify', '', 'running')]
    expect(statuses(run('running', ...later))).toMatchObject({
      write: 'passed',
      verify: 'running',
      validate: 'waiting',
    })
  })

  test('a failed item fails its step; what was never reached is skipped', () => {
    const rows = [row('write', 'a', 'failed'), row('write', 'b', 'done'), row('end', '', 'failed')]
    expect(statuses(run('partial', ...rows))).toMatchObject({ write: 'failed', verify: 'skipped' })
  })

  test('a step that ran when the run broke has not passed', () => {
    expect(statuses(run('errored', row('read', '', 'running')))).toMatchObject({ read: 'failed' })
  })

  test('a step that a second worker did again counts as it ended', () => {
    const rows = [row('read', '', 'failed'), row('read', '', 'running'), row('read', '', 'done')]
    expect(statuses(run('running', ...rows))).toMatchObject({ read: 'passed' })
  })
})

describe('the items of a run', () => {
  test.each([
    ['running', 'waiting', 'writing', 'failed'],
    ['errored', 'skipped', 'unknown', 'failed'],
    ['unknown', 'skipped', 'unknown', 'unknown'],
  ])('in a run that is %s', (phase, untouched, begun, refused) => {
    const rows = [row('write', 'b', 'running'), row('write', 'c', 'done'), row('write', 'd', 'failed')]
    const items = itemsOf(run(phase, ...rows), ['a', 'b', 'c', 'd'])
    expect(items.map(item => [item.label, item.status])).toEqual([
      ['a', untouched],
      ['b', begun],
      ['c', 'done'],
      ['d', refused],
    ])
  })
})

test('news that comes twice or late is kept once and in order', () => {
  const [first, second, third] = [row('read', '', 'running'), row('read', '', 'done'), row('write', 'a', 'running')]
  const known = withNews(run('running', first), run('running', third))
  expect(withNews(known, run('validating', second, third))).toEqual(run('validating', first, second, third))
})

describe('tailing', () => {
  async function tail(after: number, states: readonly RunState[], clock = () => 0) {
    const left = [...states]
    const asked: number[] = []
    const read: Tailing['read'] = async from => {
      asked.push(from)
      const state = left.length > 1 ? left.shift() : left[0]
      return state ? { ...state, rows: state.rows.filter(one => one.sequence > from) } : null
    }
    const told: (RunState | null)[] = []
    const tailing = { read, wait: async () => {}, now: clock, signal: new AbortController().signal }
    for await (const news of tailProgress(after, tailing)) told.push(news)
    return { told, asked }
  }

  test('tells each row once, also one that was committed after a later one', async () => {
    const [a, late, c] = [row('write', 'a', 'done'), row('write', 'late', 'done'), row('write', 'c', 'done')]
    const { told } = await tail(0, [run('running', a, c), run('running', a, c), run('succeeded', a, late, c)])
    expect(told.map(news => news?.rows.map(one => one.item))).toEqual([['a', 'c'], ['late']])
  })

  test('tells nothing from before the place that was asked for', async () => {
    const rows = [row('write', 'a', 'done'), row('write', 'b', 'done')] as const
    const { told } = await tail(rows[0].sequence, [run('succeeded', ...rows)])
    expect(told).toEqual([run('succeeded', rows[1])])
  })

  test('shows every 15 s that it lives, and gives up its place after 90 s', async () => {
    let now = 0
    const { told } = await tail(0, [run('queued')], () => {
      now += 1_000
      return now
    })
    expect(told[0]).toEqual(run('queued'))
    expect(told.length).toBeGreaterThan(2)
    expect(told.slice(1).every(news => news === null)).toBe(true)
    expect(now).toBeLessThan(100_000)
  })

  test('ends when there is no such promotion any more', async () => {
    expect((await tail(0, [])).told).toEqual([])
  })
})

test('of a deployment that was begun and never ended, no item is known', () => {
  const begun = [row('deploy', '', 'running'), row('deploy', 'Notebook a', 'done')]
  const shown = (phase: string, ...rows: ProgressRow[]) =>
    itemsOf(run(phase, ...rows), ['Notebook b']).map(one => one.status)
  expect(shown('unknown', ...begun)).toEqual(['unknown', 'done'])
  expect(shown('unknown', ...begun, row('deploy', '', 'done'))).toEqual(['skipped', 'done'])
})

import { describe, expect, it } from 'vitest'
import { commits } from './commits'
import { developerChanges } from './developer-changes'
import { itemsOf } from './item-tree'
import { releasePoints } from './release-points'
import { applyChanges, type Tree, treeOf } from './tree'

const convention = /^(feat|fix|docs|perf|build)(\([a-z-]+\))?: [a-z].{0,80}(\n\n.+)?$/s
const path = ['dev', 'test', 'uat', 'prod']

describe('the history', () => {
  it('goes forward from 35 days ago to yesterday', () => {
    const days = commits.map(commit => commit.daysAgo)
    expect(days).toEqual([...new Set(days)].sort((a, b) => b - a))
    expect([days[0], days.at(-1)]).toEqual([35, 1])
  })

  it('follows the commit convention', () => {
    for (const { message } of commits) expect(message).toMatch(convention)
  })

  it.each(commits.map(({ message }, index) => [index, message.split('\n')[0]]))('%i changes something: %s', index => {
    const before = treeOf(commits.slice(0, index))
    const after = treeOf(commits.slice(0, index + 1))
    expect([...after].some(([file, text]) => before.get(file) !== text)).toBe(true)
    expect(itemsOf(after).length).toBeGreaterThanOrEqual(18)
  })
})

describe('a change', () => {
  it.each([
    ['not at all', 'nothing of this'],
    ['more than once', 'a'],
  ])('that finds its text %s is refused', (_, find) => {
    const tree: Tree = new Map([['file', 'a and a']])
    expect(() => applyChanges(tree, [{ kind: 'replace', path: 'file', find, replace: '' }])).toThrow('file: found')
  })
})

describe('the release points', () => {
  it('come in the order of their commits, and the last is the head', () => {
    const indexes = releasePoints.map(point => point.commitIndex)
    expect(indexes).toEqual([...new Set(indexes)].sort((a, b) => a - b))
    expect(indexes.at(-1)).toBe(commits.length - 1)
  })

  it('skip no environment', () => {
    for (const { reached, failed } of releasePoints) {
      expect(reached).toEqual(path.slice(0, reached.length))
      if (failed) expect(path[reached.length]).toBe(failed.tier)
    }
  })

  it('leave one failure in Test, one release in Prod to fall back to, and two waiting', () => {
    expect(releasePoints.filter(point => point.failed?.tier === 'test')).toHaveLength(1)
    expect(releasePoints.filter(point => point.reached.includes('prod'))).toHaveLength(2)
    expect(releasePoints.slice(-2).map(point => point.reached.at(-1))).toEqual(['uat', 'test'])
  })
})

describe('the developer changes', () => {
  const head = treeOf(commits)

  it.each(developerChanges.map(change => [change.title, change] as const))('apply to the head: %s', (_, change) => {
    const after = applyChanges(head, change.changes)
    expect([...after].some(([file, text]) => head.get(file) !== text)).toBe(true)
  })

  it('apply together, in either order', () => {
    const all = (changes: typeof developerChanges) =>
      changes.reduce<Tree>((tree, change) => applyChanges(tree, change.changes), head)
    expect([...all(developerChanges)].sort()).toEqual([...all(developerChanges.toReversed())].sort())
  })

  it('hold one message that breaks the convention', () => {
    const broken = developerChanges.filter(change => !convention.test(change.message))
    expect(broken.map(change => change.message)).toEqual(['fixed stuff'])
  })
})

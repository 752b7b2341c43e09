import { expect, it } from 'vitest'
import { conventionEvidence } from './convention-evidence'

const commit = (sha: string, message: string, problems: string[] = [], isMerge = false) => ({
  sha: sha.repeat(40),
  message,
  problems,
  isMerge,
})

it('is red because of the one in the middle, and names it', () => {
  const commits = [
    commit('a', 'feat: x'),
    commit('b', 'fixed the thing', ['it has no type']),
    commit('c', 'Merge', [], true),
  ]
  expect(conventionEvidence(commits)).toEqual({
    outcome: 'fail',
    summary: '1 of 3 commits breaks the convention: bbbbbbb “fixed the thing” (it has no type)',
  })
})

it.each([
  [[commit('a', 'feat: x')], '1 commit checked: the convention is kept.'],
  [
    [commit('a', 'feat: x'), commit('b', 'Merge', [], true)],
    '2 commits checked, 1 of them exempt as a merge: the convention is kept.',
  ],
])('is green', (commits, summary) => expect(conventionEvidence(commits)).toEqual({ outcome: 'pass', summary }))

it('keeps within what is stored, whatever the messages', () => {
  const many = Array.from({ length: 2048 }, () => commit('a', '😀'.repeat(200), ['x'.repeat(400)]))
  const { summary } = conventionEvidence(many)
  expect(summary.length).toBeLessThanOrEqual(500)
  expect(summary).toMatch(/and 20\d\d more$/)
  expect(summary.isWellFormed()).toBe(true)
})

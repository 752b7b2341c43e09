import { describe, expect, it } from 'vitest'
import type { PullRequest, Review } from './github-answers'
import { judgeReviews, type ReviewVerdict, reviewOfRelease } from './review'

const review = (reviewer: string, state: string, minute: number): Review => ({
  reviewer,
  state,
  submittedAt: new Date(Date.UTC(2026, 10, 24, 10, minute)),
})

describe('judgeReviews', () => {
  it.each<[string, Review[], ReviewVerdict]>([
    ['nobody', [], { kind: 'unreviewed' }],
    ['a comment', [review('qa', 'COMMENTED', 1)], { kind: 'unreviewed' }],
    ['an approval', [review('qa', 'APPROVED', 1)], { kind: 'approved', by: ['qa'] }],
    ["the author's own approval", [review('dev', 'APPROVED', 1)], { kind: 'unreviewed' }],
    [
      'an approval and then a comment',
      [review('qa', 'APPROVED', 1), review('qa', 'COMMENTED', 2)],
      { kind: 'approved', by: ['qa'] },
    ],
    [
      'an approval taken back',
      [review('qa', 'CHANGES_REQUESTED', 2), review('qa', 'APPROVED', 1)],
      { kind: 'refused', by: ['qa'] },
    ],
    ['a dismissed approval', [review('qa', 'DISMISSED', 1)], { kind: 'unreviewed' }],
    [
      'one for and one against',
      [review('qa', 'APPROVED', 1), review('lead', 'CHANGES_REQUESTED', 2)],
      { kind: 'refused', by: ['lead'] },
    ],
  ])('%s', (_, reviews, verdict) => expect(judgeReviews('dev', reviews)).toEqual(verdict))
})

describe('reviewOfRelease', () => {
  const pull = (number: number): PullRequest => ({
    number,
    title: 'x',
    link: `https://git.example/pull/${number}`,
    author: 'dev',
    base: 'main',
    head: 'a'.repeat(40),
    mergeCommit: null,
  })
  const approved = (number: number) => ({ pull: pull(number), verdict: { kind: 'approved', by: ['qa'] } as const })
  const open = (number: number) => ({ pull: pull(number), verdict: { kind: 'unreviewed' } as const })
  const commit = (sha: string, ...pulls: ReturnType<typeof approved | typeof open>[]) => ({
    sha: sha.repeat(40),
    subject: `feat: ${sha}`,
    pulls,
  })

  it.each([
    ['no pull request', [commit('a')], null],
    ['an open one', [commit('a', open(1))], null],
    ['an approved one', [commit('a', approved(1))], 'pass'],
    ['two approved ones', [commit('a', approved(1)), commit('b', approved(2))], 'pass'],
    ['a commit pushed past the review', [commit('a'), commit('b', approved(2))], 'fail'],
    ['an approved one beside an open one', [commit('a', open(1)), commit('b', approved(2))], 'fail'],
  ])('%s', (_, commits, outcome) => expect(reviewOfRelease(commits)?.outcome ?? null).toBe(outcome))

  it('names the commit that nobody reviewed', () => {
    expect(reviewOfRelease([commit('a'), commit('b', approved(2))])?.summary).toContain('aaaaaaa feat: a')
  })
})

import { expect, it } from 'vitest'
import { notesAsMarkdown, releaseNotes } from './notes'

const commits = [
  'fix(model): correct loss ratio',
  'feat!: drop the old claims table\n\nBREAKING CHANGE: reports on claims_old stop working',
  'chore: tidy',
  'feat(report): add reserves page',
  "Merge branch 'main' into topic",
  'Update notebook',
  'feat!: rename area',
].map((message, index) => ({ sha: `${index}`.repeat(40), message }))

it('groups commits by what they are for, new things first, merges left out', () => {
  const groups = releaseNotes(commits)
  expect(groups.map(({ title, entries }) => [title, entries.map(({ subject }) => subject)])).toEqual([
    ['New', ['drop the old claims table', 'add reserves page', 'rename area']],
    ['Fixed', ['correct loss ratio']],
    ['Housekeeping', ['tidy']],
    ['Other changes', ['Update notebook']],
  ])
})

it('keeps what breaks, from the footer or the mark', () => {
  const [features] = releaseNotes(commits)
  expect(features?.entries.map(({ breaking }) => breaking)).toEqual([
    'reports on claims_old stop working',
    null,
    'rename area',
  ])
})

it('writes Markdown', () => {
  expect(notesAsMarkdown(releaseNotes(commits.slice(0, 1)))).toBe(
    '### Fixed\n\n- **model:** correct loss ratio (0000000)\n',
  )
})

import { expect, it } from 'vitest'
import { releaseTitle } from './release-title'

const commit = (message: string) => ({ message, isMerge: false })
const merge = (message: string) => ({ message, isMerge: true })

it.each([
  ['the head commit names it', [commit('feat: one'), commit('fix: two\n\nwhy')], 'fix: two'],
  [
    'a merge by the title of its pull request',
    [commit('feat: one'), merge('Merge pull request #4 from x/y\n\nAdd a page')],
    'Add a page',
  ],
  ['a merge without a title by what is in it', [commit('feat: one'), merge("Merge branch 'x'")], 'feat: one'],
  ['a merge alone by itself', [merge("Merge branch 'x'")], "Merge branch 'x'"],
  ['an empty message', [commit('')], 'Untitled'],
  ['a long line is cut', [commit(`feat: ${'x'.repeat(300)}`)], `feat: ${'x'.repeat(194)}`],
])('%s', (_, commits, title) => expect(releaseTitle(commits)).toBe(title))

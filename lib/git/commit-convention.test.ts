import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { checkCommit } from './commit-convention'

const kindOf = async (message: string, flags: { isMerge?: boolean; isBot?: boolean } = {}) =>
  (await checkCommit({ message, isMerge: false, isBot: false, ...flags })).kind

describe('checkCommit', () => {
  it.each([
    ['feat!: drop legacy column', 'conforms'],
    [`feat: ${'😀'.repeat(94)}`, 'conforms'],
    [`feat: ${'😀'.repeat(95)}`, 'breaks'],
    [`feat: short\n\n${'x'.repeat(300)}`, 'conforms'],
    ['feat: one 👩‍🔬 more', 'conforms'],
    ['amend! feat: x', 'breaks'],
    ['fix: with a full stop.', 'breaks'],
    ['', 'breaks'],
    ['feat(claims): \u001b[1mbold', 'breaks'],
    ['Merge pull request #42 from contoso/feature', 'breaks'],
    ['Merged PR 7: fixed it', 'breaks'],
  ])('%j %s', async (message, kind) => expect(await kindOf(message)).toBe(kind))

  it('exempts a merge by its parents, whatever it says', async () => {
    expect(await kindOf('anything at all', { isMerge: true })).toBe('merge')
  })

  it('takes a release from the bot alone', async () => {
    expect(await kindOf('chore(release): 1.4.0 [skip ci]', { isBot: true })).toBe('release')
    expect(await kindOf('chore(release): 1.4.0 [skip ci]')).toBe('breaks')
  })

  it('names the invisible character', async () => {
    const verdict = await checkCommit({ message: '\ufefffeat: with BOM', isMerge: false, isBot: false })
    expect(verdict).toEqual({
      kind: 'breaks',
      problems: ['the first line holds the invisible character U+FEFF'],
    })
  })
})

const messages = '../shared/cases/inputs/commits/messages.tsv'

describe.skipIf(!existsSync(messages))('checkCommit on the collected messages', () => {
  const expected: Readonly<Record<string, string>> = {
    accept: 'conforms',
    'lint-tail': 'conforms',
    'accept-as-revert': 'revert',
    'exempt-merge': 'merge',
    'accept-bot-only': 'release',
    reject: 'breaks',
    'reject-at-gate': 'breaks',
    'reject-with-reason': 'breaks',
  }
  const rows = existsSync(messages)
    ? readFileSync(messages, 'utf8')
        .trim()
        .split('\n')
        .slice(1)
        .map(line => line.split('\t'))
    : []

  it.each(rows)('%s: %s', async (text = '', verdict = '') => {
    const message: unknown = JSON.parse(`"${text.replaceAll('"', '\\"')}"`)
    const flags = { isMerge: verdict === 'exempt-merge', isBot: verdict === 'accept-bot-only' }
    expect(await kindOf(String(message), flags)).toBe(expected[verdict])
  })

  it('has read them all', () => expect(rows.length).toBeGreaterThan(20))
})

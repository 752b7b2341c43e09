import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readPush } from './push'

const inputs = '../shared/cases/inputs/webhooks'
const base = {
  ref: 'refs/heads/main',
  before: 'a'.repeat(40),
  after: 'b'.repeat(40),
  repository: { full_name: 'contoso/claims' },
  commits: [{ id: 'b'.repeat(40), message: 'feat: x', timestamp: '2026-11-24T10:00:00Z' }],
}

describe('readPush', () => {
  it.each([
    ['refs/heads/main', 'main'],
    ['refs/heads/main2', 'main2'],
    ['refs/heads/release/2026-11', 'release/2026-11'],
    ['refs/heads/refs/heads/main', 'refs/heads/main'],
    [`refs/heads/gh-readonly-queue/main/pr-42-${'c'.repeat(40)}`, `gh-readonly-queue/main/pr-42-${'c'.repeat(40)}`],
  ])('reads %s as the branch %s, never as another', (ref, branch) => {
    const reading = readPush({ ...base, ref })
    expect(reading.kind === 'push' && reading.push.branch).toBe(branch)
  })

  it.each([
    ['a tag', { ref: 'refs/tags/main' }, 'refs/tags/main is no branch.'],
    ['a deleted branch', { deleted: true, after: '0'.repeat(40) }, 'The branch main was deleted.'],
    ['a short commit', { after: 'b'.repeat(39) }, /not that of a push/],
    ['no repository', { repository: {} }, /not that of a push/],
  ])('ignores %s and says why', (_, change, because) => {
    const reading = readPush({ ...base, ...change })
    expect(reading).toEqual({
      kind: 'ignored',
      because: typeof because === 'string' ? because : expect.stringMatching(because),
    })
  })

  it('knows no commit before a branch that was just made', () => {
    const reading = readPush({ ...base, before: '0'.repeat(40) })
    expect(reading.kind === 'push' && reading.push.before).toBeNull()
  })
})

describe.skipIf(!existsSync(inputs))('readPush on real deliveries', () => {
  const read = (file: string) => readPush(JSON.parse(readFileSync(`${inputs}/${file}`, 'utf8')))
  const pushOf = (file: string) => {
    const reading = read(file)
    if (reading.kind !== 'push') throw new Error(reading.because)
    return reading.push
  }

  it.each([
    ['gh_push_main.json', { branch: 'main', forced: false, commits: 1 }],
    ['gh_push_mixed_messages.json', { branch: 'main', forced: false, commits: 3 }],
    ['gh_push_escapes.raw.json', { branch: 'main', forced: false, commits: 1 }],
    ['gh_push_branch_created_no_commits.json', { branch: 'release/2026-11', forced: false, commits: 1 }],
  ])('%s', (file, { branch, forced, commits }) => {
    const push = pushOf(file)
    expect({ branch: push.branch, forced: push.forced, commits: push.commits.length }).toEqual({
      branch,
      forced,
      commits,
    })
  })

  it('takes the head of a forced push that names no commits', () => {
    const push = pushOf('gh_push_forced_no_commits.json')
    expect(push.forced).toBe(true)
    expect(push.commits.map(commit => commit.id)).toEqual([push.after])
  })

  it('ignores a tag', () => expect(read('gh_push_tag.json').kind).toBe('ignored'))
})

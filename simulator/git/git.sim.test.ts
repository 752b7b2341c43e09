import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { simpleGit } from 'simple-git'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Tenant } from '../tenant'
import { createGitPart } from './part'
import { commitTo, ensureRepositories, headOf, noCommit, readTree } from './repositories'
import { mountParts, testingTenant } from './testing-tenant'

const author = { name: 'Developer', email: 'developer@contoso.example' }
const notebook = 'Load claims.Notebook/notebook-content.py'

describe('git repositories', () => {
  let simulator: Awaited<ReturnType<typeof mountParts>>
  let gitDir: string

  beforeAll(async () => {
    simulator = await mountParts(['git', createGitPart])
    gitDir = simulator.contextOf('git').dataDir
  })
  afterAll(() => simulator.close())

  const clone = async () => {
    const folder = mkdtempSync(join(tmpdir(), 'gatehouse-clone-'))
    await simpleGit().clone(`${simulator.baseUrl}/git/contoso/claims-analytics.git`, folder)
    const work = simpleGit(folder)
    await work.addConfig('user.name', author.name)
    await work.addConfig('user.email', author.email)
    return { folder, work }
  }

  it('holds the history of the tenant, with its authors and dates', async () => {
    const { work } = await clone()
    const log = (await work.log()).all
    expect(log.map(c => c.message)).toEqual(['fix: count the rows', 'feat: add the first notebooks'])
    expect(log[0]?.author_email).toBe('data.engineer@contoso.example')
    expect(Math.round((Date.now() - Date.parse(log[1]?.date ?? '')) / 86_400_000)).toBe(3)
  })

  it('reads a folder of a commit, relative to it', async () => {
    const tree = await readTree(gitDir, 'contoso', 'claims-analytics', 'main', '/workspace/')
    expect([...tree.files.keys()].sort()).toEqual(['Load claims.Notebook/.platform', notebook])
    expect(tree.files.get(notebook)?.toString()).toBe('rows = 2\nrows = 2\n')
    expect(tree.commit).toBe(await headOf(gitDir, 'contoso', 'claims-analytics', 'main'))
    const older = await readTree(gitDir, 'contoso', 'claims-analytics', `${tree.commit}~1`, '')
    expect(older.files.has('workspace/Old.Notebook/.platform')).toBe(true)
    await expect(readTree(gitDir, 'contoso', 'claims-analytics', 'nowhere', '')).rejects.toThrow('nowhere')
  })

  it('takes a push, and commits made here are fetched', async () => {
    const { folder, work } = await clone()
    writeFileSync(join(folder, 'notes.md'), 'pushed\n')
    await work.add('.').commit('docs: add notes').push('origin', 'main')
    const pushed = await readTree(gitDir, 'contoso', 'claims-analytics', 'main', '')
    expect(pushed.files.get('notes.md')?.toString()).toBe('pushed\n')
    const changes = [{ kind: 'write', path: 'notes.md', text: 'committed "here"\n' }] as const
    const request = { owner: 'contoso', repository: 'claims-analytics', branch: 'main', message: 'docs: more', author }
    const made = await commitTo(gitDir, { ...request, changes })
    expect(made.before).toBe(pushed.commit)
    await work.pull('origin', 'main')
    expect(readFileSync(join(folder, 'notes.md'), 'utf8')).toBe('committed "here"\n')
    expect((await work.revparse('HEAD')).trim()).toBe(made.after)
  })

  it('starts a new branch at the default branch, and loses no commit of two at once', async () => {
    const request = {
      owner: 'contoso',
      repository: 'claims-analytics',
      branch: 'feature/a b'.replace(' ', '-'),
      author,
    }
    const write = (name: string) =>
      commitTo(gitDir, { ...request, message: name, changes: [{ kind: 'write', path: `x "${name}".txt`, text: name }] })
    const [first, second] = await Promise.all([write('one'), write('two')])
    expect(first.before).toBe(noCommit)
    expect(second.before).toBe(first.after)
    const tree = await readTree(gitDir, 'contoso', 'claims-analytics', 'feature/a-b', '')
    expect(tree.files.has('x "one".txt') && tree.files.has('x "two".txt') && tree.files.has('README.md')).toBe(true)
  })

  it('knows no other repository and reaches nothing outside', async () => {
    const asked = async (path: string) => (await fetch(`${simulator.baseUrl}${path}`)).status
    expect(await asked('/git/contoso/other.git/info/refs?service=git-upload-pack')).toBe(404)
    expect(await asked('/git/..%2f/claims-analytics.git/info/refs')).toBe(404)
  })

  it('keeps what is there at a second start, and makes a large one in time', async () => {
    const before = await headOf(gitDir, 'contoso', 'claims-analytics', 'main')
    const commits = Array.from({ length: 15 }, (_, commit) => ({
      message: `feat: commit ${commit}`,
      author,
      daysAgo: 15 - commit,
      changes: Array.from({ length: 100 }, (_, file) => ({
        kind: 'write' as const,
        path: `items/${commit % 3}-${file}.json`,
        text: `${commit}-${file}`.repeat(200),
      })),
    }))
    const large = { owner: 'contoso', name: 'large', defaultBranch: 'trunk', commits }
    const tenant: Tenant = { ...testingTenant, repositories: [...testingTenant.repositories, large] }
    const started = Date.now()
    await ensureRepositories({ tenant, dataDir: gitDir })
    expect(Date.now() - started).toBeLessThan(5_000)
    expect(await headOf(gitDir, 'contoso', 'claims-analytics', 'main')).toBe(before)
    const read = Date.now()
    expect((await readTree(gitDir, 'contoso', 'large', 'trunk', 'items')).files.size).toBe(300)
    expect(Date.now() - read).toBeLessThan(1_000)
  })
})

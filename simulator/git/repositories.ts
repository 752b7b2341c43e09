import { existsSync } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { PartContext } from '../part'
import type { Change, Repository } from '../tenant'
import { applyChanges } from './changes'
import { type Author, importCommits, type NewCommit } from './import'
import { GitFailed, git, gitText } from './process'

export const noCommit = '0'.repeat(40)

export type CommitRequest = {
  readonly owner: string
  readonly repository: string
  readonly branch: string
  readonly message: string
  readonly author: Author
  readonly changes: readonly Change[]
}

/** The git part's own folder, seen from another part's: the parts' folders lie side by side. */
export const gitFolderBeside = (partFolder: string) => join(dirname(partFolder), 'git')

export const repositoryDir = (dataDir: string, owner: string, repository: string) =>
  join(dataDir, owner, `${repository}.git`)

const making = new Map<string, Promise<void>>()

/** Makes the tenant's repositories that are not there yet. `dataDir` is the git part's own folder. */
export async function ensureRepositories(context: Pick<PartContext, 'tenant' | 'dataDir'>): Promise<void> {
  await Promise.all(
    context.tenant.repositories.map(repository => {
      const directory = repositoryDir(context.dataDir, repository.owner, repository.name)
      const made = making.get(directory) ?? makeRepository(directory, repository)
      making.set(directory, made)
      return made.finally(() => making.delete(directory))
    }),
  )
}

async function makeRepository(directory: string, repository: Repository): Promise<void> {
  if (existsSync(directory)) return
  const unfinished = `${directory}.unfinished`
  await rm(unfinished, { recursive: true, force: true })
  await mkdir(unfinished, { recursive: true })
  await git(unfinished, ['init', '--quiet', '--bare', `--initial-branch=${repository.defaultBranch}`])
  for (const [key, value] of repositorySettings) await git(unfinished, ['config', key, value])
  const files = new Map<string, Buffer>()
  const commits: NewCommit[] = []
  for (const { message, author, daysAgo, changes } of repository.commits) {
    const at = new Date(Date.now() - daysAgo * 86_400_000)
    commits.push({ message, author, at, edits: await applyChanges(files, changes) })
  }
  if (commits.length > 0) await importCommits(unfinished, repository.defaultBranch, null, commits)
  await rename(unfinished, directory)
}

const repositorySettings = [
  ['http.receivepack', 'true'],
  ['uploadpack.allowAnySHA1InWant', 'true'],
  ['receive.autogc', 'false'],
  ['gc.auto', '0'],
] as const

/** The commit at the head of a branch; null when there is no such branch. */
export async function headOf(
  dataDir: string,
  owner: string,
  repository: string,
  branch: string,
): Promise<string | null> {
  return resolveCommit(dataDir, owner, repository, `refs/heads/${branch}`)
}

/** The full id of a commit, branch or tag; null when there is none. */
export async function resolveCommit(
  dataDir: string,
  owner: string,
  repository: string,
  name: string,
): Promise<string | null> {
  if (name.startsWith('-')) return null
  try {
    const directory = repositoryDir(dataDir, owner, repository)
    return await gitText(directory, ['rev-parse', '--quiet', '--verify', '--end-of-options', `${name}^{commit}`])
  } catch (error) {
    if (error instanceof GitFailed) return null
    throw error
  }
}

/** All files below `directory` ('' or '/' is the root) at a commit or branch; paths are relative to `directory`. */
export async function readTree(
  dataDir: string,
  owner: string,
  repository: string,
  commitOrBranch: string,
  directory: string,
): Promise<{ commit: string; files: Map<string, Buffer> }> {
  const commit = await resolveCommit(dataDir, owner, repository, commitOrBranch)
  if (!commit) throw new Error(`${owner}/${repository} has no commit or branch ${commitOrBranch}.`)
  const repositoryPath = repositoryDir(dataDir, owner, repository)
  const below = directory.replace(/^\/+|\/+$/g, '')
  const args = ['ls-tree', '-r', '-z', '--full-tree', commit]
  const listed = (await git(repositoryPath, below ? [...args, '--', `${below}/`] : args)).toString()
  const entries = listed.split('\0').flatMap(line => {
    const match = /^\d+ blob ([0-9a-f]+)\t([\s\S]+)$/.exec(line)
    const [, blob, path] = match ?? []
    return blob && path ? [{ blob, path: below ? path.slice(below.length + 1) : path }] : []
  })
  const blobs = await readBlobs(
    repositoryPath,
    entries.map(entry => entry.blob),
  )
  return { commit, files: new Map(entries.map(({ path }, index) => [path, blobs[index] ?? Buffer.alloc(0)])) }
}

async function readBlobs(repositoryPath: string, ids: readonly string[]): Promise<Buffer[]> {
  if (ids.length === 0) return []
  const printed = await git(repositoryPath, ['cat-file', '--batch'], `${ids.join('\n')}\n`)
  let at = 0
  return ids.map(() => {
    const lineEnd = printed.indexOf(10, at)
    const size = Number(printed.subarray(at, lineEnd).toString().split(' ')[2])
    const start = lineEnd + 1
    at = start + size + 1
    return printed.subarray(start, start + size)
  })
}

const turns = new Map<string, Promise<unknown>>()

/** One writer at a time in a repository. */
export function inTurn<T>(repositoryPath: string, work: () => Promise<T>): Promise<T> {
  const turn = (turns.get(repositoryPath) ?? Promise.resolve()).then(work, work)
  turns.set(repositoryPath, turn)
  return turn
}

/** Commits to a branch; a branch that is not there yet starts at the default branch, and its `before` is all zeros. */
export async function commitTo(dataDir: string, request: CommitRequest): Promise<{ before: string; after: string }> {
  const { owner, repository, branch, message, author, changes } = request
  const repositoryPath = repositoryDir(dataDir, owner, repository)
  return inTurn(repositoryPath, async () => {
    const before = await headOf(dataDir, owner, repository, branch)
    const parent = before ?? (await resolveCommit(dataDir, owner, repository, 'HEAD'))
    const files = parent ? (await readTree(dataDir, owner, repository, parent, '')).files : new Map<string, Buffer>()
    const edits = await applyChanges(files, changes)
    await importCommits(repositoryPath, branch, parent, [{ message, author, at: new Date(), edits }])
    const after = await headOf(dataDir, owner, repository, branch)
    if (!after) throw new Error(`The commit to ${branch} of ${owner}/${repository} did not arrive.`)
    return { before: before ?? noCommit, after }
  })
}

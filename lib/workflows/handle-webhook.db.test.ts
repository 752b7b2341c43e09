import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { simpleGit } from 'simple-git'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { gitHubWebhook } from '@/app/api/webhooks/github/handler'
import { getGitStatus } from '@/lib/fabric/git'
import { updateDefinition } from '@/lib/fabric/items'
import { readWorkspace } from '@/lib/fabric/read-workspace'
import { catchUp } from '@/lib/git/catch-up'
import type { Sources } from '@/lib/git/following'
import { openGitHub } from '@/lib/git/github'
import { newId } from '@/lib/kernel/ids'
import { loadSnapshot } from '@/lib/release/load-snapshot'
import { partText } from '@/lib/release/part-text'
import { snapshotDigest } from '@/lib/release/snapshot'
import { cloneDatabase, type TestDatabase } from '@/scripts/test/clone-database'
import { makePerson, makeProject } from '@/scripts/test/factories'
import { type SimulatedFabric, startSimulatedFabric } from '@/scripts/test/simulated-fabric'
import { developerChanges } from '../../simulator/demo/developer-changes'
import { demo } from '../../simulator/demo/ids'
import { workOn } from './handle-webhook'

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 })

const secret = 'a-secret-of-these-tests'
const { owner, name } = demo.repository
const measures = 'workspace/docs/measures.md'
let database: TestDatabase
let simulated: SimulatedFabric
let sources: Sources
let portalServer: Server
let projectId: string
const failures: unknown[] = []

beforeAll(async () => {
  database = await cloneDatabase()
  simulated = await startSimulatedFabric()
  await simulated.set({ operationMs: 10 })
  const gitHub = openGitHub({ apiUrl: `${simulated.url}/github`, token: null })
  sources = { db: database.db, gitHub, fabric: simulated.fabric }
  projectId = await makeDemoProject()
  portalServer = await listen(gitHubWebhook({ db: () => database.db, secret: () => secret }))
  await setWebhook()
})
afterAll(async () => {
  portalServer.close()
  await simulated.stop()
  await database.drop()
})

async function makeDemoProject(): Promise<string> {
  const { id, environments } = await makeProject(database.db, { name: demo.project })
  for (const tier of ['dev', 'test', 'uat', 'prod'] as const) {
    const data = { workspaceId: demo.workspaces[tier] }
    await database.db.environment.update({ where: { id: environments[tier] }, data })
  }
  const repository = { repositoryProvider: 'github', repositoryOwner: owner, repositoryName: name.toUpperCase() }
  await database.db.project.update({ where: { id }, data: { ...repository, repositoryBranch: demo.repository.branch } })
  return id
}

/** The route's handler behind a plain server, as GitHub would reach it. */
async function listen(handle: (request: Request) => Promise<Response>): Promise<Server> {
  const server = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = []
    for await (const chunk of incoming) chunks.push(chunk)
    const headers = Object.entries(incoming.headers).map(([key, value]): [string, string] => [key, String(value)])
    const request = new Request('http://portal.example/', { method: 'POST', headers, body: Buffer.concat(chunks) })
    const response = await handle(request)
    outgoing.writeHead(response.status).end(await response.text())
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return server
}

const developer = (action: string, body: object) => simulated.control('POST', `github/${owner}/${name}/${action}`, body)

async function setWebhook(): Promise<void> {
  const { port } = portalServer.address() as AddressInfo
  await developer('webhook', { url: `http://127.0.0.1:${port}/`, secret })
}

/** A push through the simulator; gives the commit and the stored delivery. */
async function push(message: string, text: string, more: object = {}): Promise<{ after: string; id: string }> {
  const changes = [{ kind: 'write', path: measures, text }]
  const pushed = await developer('push', { message, changes, ...more })
  expect(pushed.delivery.status).toBe(202)
  return { after: pushed.after, id: await idOf(pushed.delivery.id) }
}

async function idOf(deliveryId: string): Promise<string> {
  const where = { provider_deliveryId: { provider: 'github', deliveryId } }
  return (await database.db.webhookDelivery.findUniqueOrThrow({ where })).id
}

async function work(id: string) {
  await workOn(sources, id, cause => failures.push(cause))
  return database.db.webhookDelivery.findUniqueOrThrow({ where: { id } })
}

/** As a developer does: clone, reset, push with force. */
async function moveBranchTo(commit: string): Promise<void> {
  const clone = await mkdtemp(join(tmpdir(), 'gatehouse-clone-'))
  const git = simpleGit()
  const before = await database.db.webhookDelivery.count()
  await git.clone(`${simulated.url}/git/${owner}/${name}.git`, clone)
  await git.cwd(clone)
  await git.push('origin', `+${commit}:refs/heads/main`)
  await rm(clone, { recursive: true })
  await expect.poll(() => database.db.webhookDelivery.count(), { timeout: 10_000 }).toBe(before + 1)
}

const releaseOf = (commit: string) =>
  database.db.release.findUnique({
    where: { projectId_commit: { projectId, commit } },
    include: { commits: true, tickets: true },
  })
const evidenceOf = (commit: string, criterion: string) =>
  database.db.evidence.findFirst({
    where: { projectId, commit, criterion },
    orderBy: { receivedAt: 'desc' },
  })

describe('auto on commit', () => {
  it('brings Dev to the commit, makes its release with the bytes in Dev, opens its ticket and checks its message', async () => {
    const { message, changes } = developerChanges[1] ?? { message: '', changes: [] }
    const { after, id } = await push(message, '# Measures\n', { changes })
    const delivery = await work(id)
    expect(delivery).toMatchObject({ state: 'handled', outcome: expect.stringContaining('was made') })
    const release = await releaseOf(after)
    expect(release).toMatchObject({ title: message, branch: 'main', number: expect.stringMatching(/^\d{4}\.\d+\.1$/) })
    expect(release?.commits.map(commit => commit.sha)).toEqual([after])
    expect(release?.tickets).toHaveLength(1)
    const { items } = await loadSnapshot(database.db, release?.snapshotId ?? '')
    expect(items.length).toBeGreaterThanOrEqual(15)
    const notebook = items.find(item => item.name === 'nb_check_quality')
    expect(notebook?.parts?.map(part => partText(part)).join()).toContain('claims without a cause of loss')
    expect(release?.digest).toBe(snapshotDigest(await readWorkspace(simulated.fabric, demo.workspaces.dev)))
    expect(await evidenceOf(after, 'commit-convention')).toMatchObject({ outcome: 'pass', source: 'The portal' })
    expect(await evidenceOf(after, 'code-review')).toBeNull()
  })

  it('makes no second release of the same commit, and does not write to Dev again', async () => {
    const { after, id } = await push('docs(measures): say it again', '# Measures again\n')
    await work(id)
    const first = await releaseOf(after)
    await simulated.clearCalls()
    await database.db.webhookDelivery.update({ where: { id }, data: { state: 'received' } })
    expect(await work(id)).toMatchObject({ state: 'handled', outcome: expect.stringContaining('is there already') })
    expect(await releaseOf(after)).toEqual(first)
    expect((await simulated.calls()).filter(call => call.path.includes('updateFromGit'))).toEqual([])
  })

  it('does not go back when an older push is delivered late', async () => {
    const older = await push('feat(model): order A', 'A\n')
    const newer = await push('feat(model): order B', 'B\n')
    expect(await work(newer.id)).toMatchObject({ state: 'handled' })
    expect(await work(older.id)).toMatchObject({ state: 'ignored', outcome: expect.stringMatching(/^Superseded/) })
    expect(await releaseOf(older.after)).toBeNull()
    const release = await releaseOf(newer.after)
    expect(release?.commits.map(commit => commit.sha).sort()).toEqual([older.after, newer.after].sort())
  })

  it('names the commit that breaks the convention, in the middle of a push', async () => {
    const pushed = await developer('push', {
      messages: ['feat(model): good', 'fixed stuff', 'fix(model): good too'],
      changes: ['1', '2', '3'].map(text => ({ kind: 'write', path: measures, text })),
    })
    await work(await idOf(pushed.delivery.id))
    const evidence = await evidenceOf(pushed.after, 'commit-convention')
    expect(evidence).toMatchObject({ outcome: 'fail', summary: expect.stringContaining(pushed.commits[1].slice(0, 7)) })
  })

  it('catches up with a push that nobody told it of', async () => {
    await catchUp(sources)
    const releases = await database.db.release.count()
    await simulated.control('DELETE', `github/${owner}/${name}/webhook`)
    const { after } = await developer('push', {
      message: 'fix(model): silently',
      changes: [{ kind: 'write', path: measures, text: 'silent\n' }],
    })
    await setWebhook()
    const [caught] = await catchUp(sources)
    expect(caught).toMatchObject({ project: demo.project, ending: { state: 'handled' } })
    expect((await releaseOf(after))?.commits.map(commit => commit.sha)).toEqual([after])
    expect(await database.db.release.count()).toBe(releases + 1)
    expect(await catchUp(sources)).toEqual([])
  })

  it('leaves other branches alone', async () => {
    const before = await database.db.release.count()
    const { id } = await push('feat(model): on the side', 'side\n', { branch: 'main2' })
    expect(await work(id)).toMatchObject({ state: 'ignored', outcome: expect.stringContaining('main2') })
    expect(await database.db.release.count()).toBe(before)
  })

  it('follows a branch that was moved back by force, and voids what was signed for the commit that is gone', async () => {
    const kept = await push('fix(model): stays', 'stays\n')
    await work(kept.id)
    const gone = await push('fix(model): goes', 'goes\n')
    await work(gone.id)
    const release = await releaseOf(gone.after)
    const ticketId = release?.tickets[0]?.id ?? ''
    const { id: userId, name: userName } = await makePerson(database.db, { roles: ['qa'], projectId })
    const signed = {
      criterion: 'qa-sign-off',
      verdict: 'yes',
      role: 'qa',
      statement: '',
      coveredDigest: 'x',
      covered: {},
    }
    await database.db.signOff.create({
      data: { id: newId(), ticketId, userId, userName, ...signed, givenAt: new Date() },
    })
    await moveBranchTo(kept.after)
    const forced = await database.db.webhookDelivery.findFirstOrThrow({
      where: { event: 'push' },
      orderBy: { receivedAt: 'desc' },
    })
    expect(await work(forced.id)).toMatchObject({ state: 'handled', outcome: expect.stringContaining('goes') })
    const { workspaceHead } = await getGitStatus(simulated.fabric, demo.workspaces.dev)
    expect(workspaceHead).toBe(kept.after)
    expect(await evidenceOf(gone.after, 'code-review')).toMatchObject({ outcome: 'fail' })
    expect(await database.db.signOff.findFirst({ where: { ticketId } })).toMatchObject({
      endedBecause: 'its commit is no longer on main',
    })
  })

  it('keeps a delivery that failed, and does its work when it is sent again', async () => {
    const { after, id } = await push('fix(model): while Fabric is down', 'down\n')
    await simulated.fault(
      { pathPattern: 'updateFromGit' },
      { kind: 'status', status: 403, errorCode: 'InsufficientPrivileges' },
    )
    expect(await work(id)).toMatchObject({ state: 'failed', outcome: expect.stringContaining('Fabric') })
    expect(failures).toHaveLength(1)
    expect(await releaseOf(after)).toBeNull()
    await simulated.clearFaults()
    const { deliveryId } = await database.db.webhookDelivery.findUniqueOrThrow({ where: { id } })
    const again = await developer(`deliveries/${deliveryId}/redeliver`, {})
    expect(again.delivery.status).toBe(202)
    expect(await work(id)).toMatchObject({ state: 'handled' })
    expect(await releaseOf(after)).not.toBeNull()
  })

  it('makes no release of edits that are in no commit', async () => {
    const { items } = await loadSnapshot(
      database.db,
      (await database.db.release.findFirstOrThrow({ orderBy: { createdAt: 'desc' } })).snapshotId,
    )
    const notebook = items.find(item => item.type === 'Notebook')
    const part = notebook?.parts?.find(one => one.path.endsWith('.py'))
    if (!notebook?.parts || !part) throw new Error('the demo has no notebook')
    const bytes = Buffer.from(`${partText(part)}\n# an edit\n`)
    const parts = [...notebook.parts.filter(one => one !== part), { path: part.path, bytes }]
    await updateDefinition(simulated.fabric, demo.workspaces.dev, { id: notebook.objectId, type: notebook.type }, parts)
    const { after, id } = await push('fix(model): beside an edit', 'edit\n')
    expect(await work(id)).toMatchObject({ state: 'failed', outcome: expect.stringContaining(notebook.name) })
    expect(await releaseOf(after)).toBeNull()
  })
})

describe('review at the provider', () => {
  it('becomes evidence for the release of the commit, and is taken back with it', async () => {
    const release = await database.db.release.findFirstOrThrow({
      where: { projectId },
      orderBy: { createdAt: 'desc' },
    })
    const approved = await developer('approve', { commit: release.commit, reviewer: 'qa-analyst' })
    expect(approved.delivery.status).toBe(202)
    expect(await work(await idOf(approved.delivery.id))).toMatchObject({ state: 'handled' })
    expect(await evidenceOf(release.commit, 'code-review')).toMatchObject({ outcome: 'pass', source: 'GitHub' })

    const path = `${simulated.url}/github/repos/${owner}/${name}/pulls/${approved.pullRequest.number}/reviews`
    const body = JSON.stringify({ event: 'REQUEST_CHANGES', reviewer: 'qa-analyst', body: 'No.' })
    expect((await fetch(path, { method: 'POST', body })).ok).toBe(true)
    const refused = await database.db.webhookDelivery.findFirstOrThrow({
      where: { event: 'pull_request_review' },
      orderBy: { receivedAt: 'desc' },
    })
    await work(refused.id)
    expect(await evidenceOf(release.commit, 'code-review')).toMatchObject({ outcome: 'fail' })
  })
})

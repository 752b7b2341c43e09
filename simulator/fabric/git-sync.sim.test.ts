import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { commitTo, headOf, readTree } from '../git/repositories'
import type { Change } from '../tenant'
import { errorCode, startTestSimulator, type TestSimulator } from '../testing/client'
import { ids, repository } from '../testing/tenant'

const { dev, spare } = ids.workspaces
const statusSchema = z.looseObject({
  workspaceHead: z.string().nullable(),
  remoteCommitHash: z.string(),
  changes: z.array(
    z.looseObject({
      itemMetadata: z.looseObject({ displayName: z.string() }),
      remoteChange: z.string().optional(),
      workspaceChange: z.string().optional(),
      conflictType: z.string(),
    }),
  ),
})

describe('git integration', () => {
  let simulator: TestSimulator
  let folder: string
  const own = (name: string, workspaceId: string = dev) => `/v1/workspaces/${workspaceId}/git/${name}`
  const call = (method: string, path: string, body?: unknown) => simulator.client.finish(method, path, body)
  const status = async () => statusSchema.parse((await call('GET', own('status'))).body)
  const push = (...changes: Change[]) =>
    commitTo(folder, {
      ...repository,
      message: 'feat: change',
      author: { name: 'Developer', email: 'developer@contoso.example' },
      changes,
    })
  const update = async (more: object = { options: { allowOverrideItems: true } }) => {
    const { workspaceHead, remoteCommitHash } = await status()
    return call('POST', own('updateFromGit'), { workspaceHead, remoteCommitHash, ...more })
  }

  beforeAll(async () => {
    simulator = await startTestSimulator()
    folder = path.join(simulator.dataDir, 'git')
    await simulator.client.call('POST', '/_sim/settings', { operationMs: 30 })
  })
  afterAll(() => simulator.stop())

  it('starts in step, with references as object ids', async () => {
    const { client } = simulator
    expect((await status()).changes).toEqual([])
    const daily = await client.definition(dev, await client.itemId(dev, 'DataPipeline'))
    const text = daily.get('pipeline-content.json')?.toString()
    expect(text).toContain(await client.itemId(dev, 'Notebook'))
    expect(text).toContain(dev)
    expect(text).not.toContain('00000000-0000-0000-0000-000000000000')
  })

  it('mirrors what was pushed: new, changed and removed items', async () => {
    const { client } = simulator
    const before = await client.itemId(dev, 'Notebook', 'Load')
    await push(
      { kind: 'replace', path: 'workspace/Load.Notebook/notebook-content.py', find: 'rows = 1', replace: 'rows = 2' },
      { kind: 'delete', path: 'workspace/env.Environment' },
      {
        kind: 'write',
        path: 'workspace/deep/er/Check.Notebook/.platform',
        text: JSON.stringify({
          metadata: { type: 'Notebook', displayName: 'Check' },
          config: { logicalId: ids.portal },
        }),
      },
      {
        kind: 'write',
        path: 'workspace/deep/er/Check.Notebook/notebook-content.py',
        text: '# Fabric notebook source\n',
      },
    )
    const { changes, workspaceHead, remoteCommitHash } = await status()
    expect(changes.map(change => [change.itemMetadata.displayName, change.remoteChange]).sort()).toEqual([
      ['Check', 'Added'],
      ['Load', 'Modified'],
      ['env', 'Deleted'],
    ])
    expect(errorCode(await update({}))).toBe('OverrideItemsNotAllowed')
    const stale = { workspaceHead: remoteCommitHash, remoteCommitHash, options: { allowOverrideItems: true } }
    expect(errorCode(await call('POST', own('updateFromGit'), stale))).toBe('WorkspaceHeadMismatch')
    const old = { workspaceHead, remoteCommitHash: workspaceHead, options: { allowOverrideItems: true } }
    expect(errorCode(await call('POST', own('updateFromGit'), old))).toBe('RemoteCommitHashMismatch')
    expect((await update()).body).toMatchObject({ status: 'Succeeded' })
    expect(await status()).toMatchObject({ workspaceHead: remoteCommitHash, changes: [] })
    expect(await client.itemId(dev, 'Notebook', 'Load')).toBe(before)
    expect((await client.itemsOf(dev)).map(item => item.type)).not.toContain('Environment')
    const parts = await client.definition(dev, before)
    expect(parts.get('notebook-content.py')?.toString()).toContain('rows = 2')
  })

  it('shows a change by hand, and a conflict that needs a policy', async () => {
    const { client } = simulator
    await client.call('POST', `/_sim/workspaces/${dev}/edit`, {
      item: { type: 'Notebook', displayName: 'Load' },
      path: 'notebook-content.py',
      find: 'rows = 2',
      replace: 'rows = 3',
    })
    expect((await status()).changes).toMatchObject([{ workspaceChange: 'Modified', conflictType: 'None' }])
    const file = 'workspace/Load.Notebook/notebook-content.py'
    await push({ kind: 'replace', path: file, find: 'rows = 2', replace: 'rows = 4' })
    expect((await status()).changes).toMatchObject([
      { workspaceChange: 'Modified', remoteChange: 'Modified', conflictType: 'Conflict' },
    ])
    expect(errorCode(await update())).toBe('UnresolvedConflicts')
    const conflictResolution = { conflictResolutionType: 'Workspace', conflictResolutionPolicy: 'PreferRemote' }
    await update({ conflictResolution, options: { allowOverrideItems: true } })
    const parts = await client.definition(dev, await client.itemId(dev, 'Notebook', 'Load'))
    expect(parts.get('notebook-content.py')?.toString()).toContain('rows = 4')
  })

  it('commits what was changed in the workspace, with logical ids', async () => {
    const { client } = simulator
    await client.call('POST', `/_sim/workspaces/${dev}/edit`, {
      item: { type: 'DataPipeline', displayName: 'Daily' },
      path: 'pipeline-content.json',
      find: '"Load"',
      replace: '"Load all"',
    })
    const { workspaceHead } = await status()
    const committed = await call('POST', own('commitToGit'), { mode: 'All', workspaceHead, comment: 'by hand' })
    expect(committed.body).toMatchObject({ status: 'Succeeded' })
    expect((await status()).changes).toEqual([])
    const tree = await readTree(folder, repository.owner, repository.repository, repository.branch, 'workspace')
    const text = tree.files.get('Daily.DataPipeline/pipeline-content.json')?.toString()
    expect(text).toContain('"Load all"')
    expect(text).toContain('10000000-0000-4000-8000-00000000000a')
    expect(text).toContain('00000000-0000-0000-0000-000000000000')
  })

  it('connects another workspace and fills it', async () => {
    const { client } = simulator
    const gitProviderDetails = {
      gitProviderType: 'GitHub',
      ownerName: repository.owner,
      repositoryName: repository.repository,
      branchName: repository.branch,
      directoryName: repository.directory,
    }
    expect(errorCode(await call('GET', own('status', spare)))).toBe('WorkspaceNotConnectedToGit')
    const automatic = { gitProviderDetails, myGitCredentials: { source: 'Automatic' } }
    expect(errorCode(await call('POST', own('connect', spare), automatic))).toBe('PrincipalTypeNotSupported')
    const myGitCredentials = { source: 'ConfiguredConnection', connectionId: ids.connection }
    expect((await call('POST', own('connect', spare), { gitProviderDetails, myGitCredentials })).status).toBe(200)
    const head = await headOf(folder, repository.owner, repository.repository, repository.branch)
    const initialized = await call('POST', own('initializeConnection', spare), {
      initializationStrategy: 'PreferRemote',
    })
    expect(initialized.body).toMatchObject({ requiredAction: 'UpdateFromGit', remoteCommitHash: head })
    const options = { allowOverrideItems: true }
    await call('POST', own('updateFromGit', spare), { workspaceHead: null, remoteCommitHash: head, options })
    expect((await call('GET', own('connection', spare))).body).toMatchObject({
      gitConnectionState: 'ConnectedAndInitialized',
      gitSyncDetails: { head },
    })
    expect((await client.itemsOf(spare)).filter(item => item.type !== 'SQLEndpoint')).toHaveLength(8)
    expect((await call('POST', own('disconnect', spare))).status).toBe(200)
  })
})

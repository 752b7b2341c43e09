import { commitTo } from '../git/repositories'
import { ApiError, badRequest } from '../http/api-error'
import { zeroId } from '../store/ids'
import type { ItemRecord } from '../store/records'
import type { Change } from '../tenant'
import { platformPart } from './definitions'
import { folderPath } from './folders'
import { compare, digestOf, type ItemChange } from './git-compare'
import { placeOf, remoteHead } from './git-connection'
import { partsOf } from './item-store'
import { mapText, replaceIds } from './references'
import type { Simulation } from './simulation'
import { defineTask } from './tasks'

type Payload = {
  readonly workspaceId: string
  readonly comment: string
  /** Object and logical ids; null is everything. */
  readonly chosen: readonly string[] | null
}

/** Writes the workspace's own changes to its branch. */
export const commitTask = defineTask<Payload>('commit-to-git', async (sim, payload) => {
  const workspace = sim.store.workspaces.get(payload.workspaceId)
  if (!workspace?.git) throw badRequest('WorkspaceNotConnectedToGit', 'The workspace is not connected to git')
  const { git } = workspace
  const remote = await remoteHead(sim, git)
  if (git.head !== null && remote !== git.head) {
    throw badRequest('WorkspaceHeadMismatch', 'The branch has commits that the workspace does not have')
  }
  const { changes } = await compare(sim, workspace.id, git, remote)
  const own = changes.filter(change => change.workspaceChange !== null && isChosen(change, payload.chosen))
  if (own.length === 0) throw badRequest('NoChangesToCommit', 'There is nothing to commit')
  const { owner, repository, branch, directory } = placeOf(git)
  const root = directory.replace(/^\/+|\/+$/g, '')
  const { after } = await commitTo(sim.gitDirectory, {
    owner,
    repository,
    branch,
    message: payload.comment,
    author: { name: 'Fabric workspace', email: 'fabric@workspace.example' },
    changes: own.flatMap(change => fileChanges(sim, change, root === '' ? '' : `${root}/`)),
  })
  const written = await compare(sim, workspace.id, git, after)
  for (const source of written.sources) {
    const item = written.items.get(source.directory)
    if (item === undefined || !own.some(change => change.item?.id === item.id)) continue
    sim.store.items.put({ ...item, synced: { remote: source.digest, content: digestOf(sim, item) } })
  }
  for (const { item } of own) if (item?.deletedAt) sim.store.items.put({ ...item, synced: null })
  sim.store.workspaces.put({ ...workspace, git: { ...git, head: after, lastSyncTime: Date.now() } })
})

const isChosen = ({ item, source }: ItemChange, chosen: readonly string[] | null): boolean =>
  chosen === null || chosen.some(id => id === item?.id || id === item?.logicalId || id === source?.logicalId)

function fileChanges(sim: Simulation, { item, source, workspaceChange }: ItemChange, root: string): Change[] {
  const folder = root + (source?.directory ?? (item === null ? '' : directoryFor(sim, item)))
  const removal: Change[] = source === null ? [] : [{ kind: 'delete', path: folder }]
  if (workspaceChange === 'Deleted' || item === null) return removal
  const files = new Map([...asInGit(sim, item), ['.platform', platformPart(item, item.logicalId)] as const])
  return [
    ...removal,
    ...[...files].map(
      ([path, bytes]): Change => ({ kind: 'write', path: `${folder}/${path}`, text: textOf(path, bytes) }),
    ),
  ]
}

const directoryFor = (sim: Simulation, item: ItemRecord): string =>
  [...folderPath(sim, item.folderId), `${item.displayName}.${item.type}`].join('/')

/** Object ids of this workspace go back to logical ids. */
function asInGit(sim: Simulation, item: ItemRecord): Map<string, Buffer> {
  const logicalId = (id: string): string | undefined => {
    if (id === item.workspaceId) return zeroId
    const referenced = sim.store.items.get(id)
    return referenced?.workspaceId === item.workspaceId ? referenced.logicalId : undefined
  }
  return mapText(partsOf(sim, item), text => replaceIds(text, logicalId))
}

// The repositories of the simulator take text alone.
function textOf(path: string, bytes: Buffer): string {
  const text = bytes.toString('utf8')
  if (Buffer.from(text).equals(bytes)) return text
  throw new ApiError(403, 'FeatureNotAvailable', `The simulator cannot commit the binary part '${path}'`)
}

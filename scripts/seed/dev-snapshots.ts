import type { Fabric } from '@/lib/fabric/fabric'
import { readWorkspace } from '@/lib/fabric/read-workspace'
import type { Snapshot, SnapshotItem } from '@/lib/release/snapshot'
import { commits } from '../../simulator/demo/commits'
import { demo } from '../../simulator/demo/ids'
import { type DemoItem, itemsOf } from '../../simulator/demo/item-tree'
import { treeOf } from '../../simulator/demo/tree'

const zeros = '00000000-0000-0000-0000-000000000000'

/**
 * What Dev held after a commit of the history, as `getDefinition` would have given it then: the files of git, with the ids that Fabric
 * resolves on a sync. Dev itself holds the last commit; what is the same there is taken from there.
 */
export async function devSnapshots(fabric: Fabric): Promise<(commitIndex: number) => Snapshot> {
  const now = await readWorkspace(fabric, demo.workspaces.dev)
  const head = itemsOf(treeOf(commits))
  const idOf = (item: DemoItem) => now.items.find(one => one.type === item.type && one.name === item.name)?.objectId
  const ids = new Map(head.map(item => [item.logicalId, idOf(item) ?? item.logicalId]))
  return commitIndex => {
    const then = itemsOf(treeOf(commits.slice(0, commitIndex + 1)))
    return { workspaceId: now.workspaceId, items: then.flatMap(item => itemThen(item, head, now, ids)) }
  }
}

function itemThen(
  item: DemoItem,
  head: readonly DemoItem[],
  now: Snapshot,
  ids: ReadonlyMap<string, string>,
): SnapshotItem[] {
  const current = now.items.find(one => one.type === item.type && one.name === item.name)
  if (!current) return []
  const latest = head.find(one => one.folder === item.folder)
  if (current.parts === null || (latest && sameFiles(item, latest))) return [current]
  const parts = [...item.parts].map(([path, text]) => ({ path, bytes: Buffer.from(resolved(path, text, ids)) }))
  const wanted = parts.filter(
    part => current.parts?.some(one => one.path === part.path) || !latest?.parts.has(part.path),
  )
  return [{ ...current, parts: wanted }]
}

function sameFiles(a: DemoItem, b: DemoItem): boolean {
  return a.parts.size === b.parts.size && [...a.parts].every(([path, text]) => b.parts.get(path) === text)
}

function resolved(path: string, text: string, ids: ReadonlyMap<string, string>): string {
  if (path === '.platform') return text.replace(/("logicalId":\s*")[^"]*/, `$1${zeros}`)
  let bound = text.replaceAll(zeros, demo.workspaces.dev)
  for (const [logicalId, objectId] of ids) bound = bound.replaceAll(logicalId, objectId)
  return bound
}

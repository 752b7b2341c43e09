import type { Tx } from '@/lib/db/client'
import { type Digest, digestOf } from '@/lib/kernel/digest'
import { newId } from '@/lib/kernel/ids'
import { type Snapshot, snapshotDigest } from './snapshot'

type Store = Pick<Tx, 'content' | 'snapshot' | 'snapshotItem' | 'snapshotPart'>

export type SnapshotToStore = {
  readonly projectId: string
  readonly purpose: 'release' | 'backup'
  readonly snapshot: Snapshot
  readonly takenAt: Date
}

const rowsInOneStatement = 500

/** Stores a snapshot in the caller's transaction. Content that is known already, from whichever project, is not stored again. */
export async function storeSnapshot(
  tx: Store,
  { projectId, purpose, snapshot, takenAt }: SnapshotToStore,
): Promise<{ id: string; digest: Digest }> {
  const id = newId(takenAt)
  const digest = snapshotDigest(snapshot)
  const items = snapshot.items.map(item => ({ id: newId(takenAt), item }))
  const parts = items.flatMap(({ id: itemId, item }) =>
    (item.parts ?? []).map(({ path, bytes }) => ({ itemId, path, digest: digestOf(bytes), bytes })),
  )
  const contents = new Map(parts.map(part => [part.digest, new Uint8Array(part.bytes)]))
  for (const some of chunks([...contents].sort(([a], [b]) => (a < b ? -1 : 1)))) {
    await tx.content.createMany({ data: some.map(([key, bytes]) => ({ digest: key, bytes })), skipDuplicates: true })
  }
  await tx.snapshot.create({ data: { id, projectId, workspaceId: snapshot.workspaceId, purpose, digest, takenAt } })
  for (const some of chunks(items)) {
    const data = some.map(({ id: itemId, item }) => ({
      id: itemId,
      snapshotId: id,
      objectId: item.objectId,
      logicalId: item.logicalId,
      type: item.type,
      name: item.name,
      description: item.description,
      folder: item.folder,
      hasDefinition: item.parts !== null,
    }))
    await tx.snapshotItem.createMany({ data })
  }
  for (const some of chunks(parts)) {
    await tx.snapshotPart.createMany({
      data: some.map(({ itemId, path, digest: key }) => ({ itemId, path, digest: key })),
    })
  }
  return { id, digest }
}

function chunks<T>(list: readonly T[]): T[][] {
  const count = Math.ceil(list.length / rowsInOneStatement)
  return Array.from({ length: count }, (_, index) =>
    list.slice(index * rowsInOneStatement, (index + 1) * rowsInOneStatement),
  )
}

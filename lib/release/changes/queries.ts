import type { Tx } from '@/lib/db/client'
import type { Snapshot, SnapshotItem } from '../snapshot'

type Reader = Pick<Tx, 'snapshot' | 'snapshotItem' | 'content'>
type ItemRow = Awaited<ReturnType<typeof itemRows>>[number]

const itemRows = (tx: Reader, snapshotIds: readonly string[]) =>
  tx.snapshotItem.findMany({
    where: { snapshotId: { in: [...snapshotIds] } },
    include: { parts: { select: { path: true, digest: true }, orderBy: { path: 'asc' } } },
    orderBy: { id: 'asc' },
  })

/**
 * Two stored snapshots without the items that are the same in both, to be compared. Without a first one the second comes whole, and with
 * empty parts, since nothing is compared.
 */
export async function loadChanged(
  tx: Reader,
  beforeId: string | null,
  afterId: string,
): Promise<{ readonly before: Snapshot | null; readonly after: Snapshot }> {
  const ids = [afterId, ...(beforeId === null ? [] : [beforeId])]
  const snapshots = await tx.snapshot.findMany({ where: { id: { in: ids } }, select: { id: true, workspaceId: true } })
  const workspaceOf = new Map(snapshots.map(snapshot => [snapshot.id, snapshot.workspaceId]))
  const rows = await itemRows(tx, ids)
  const marks = new Map<string, number>()
  for (const row of rows) marks.set(markOf(row), (marks.get(markOf(row)) ?? 0) + 1)
  const differing = rows.filter(row => marks.get(markOf(row)) !== 2)
  const bytesOf = beforeId === null ? new Map<string, Uint8Array>() : await contents(tx, differing)
  const of = (snapshotId: string): Snapshot => ({
    workspaceId: workspaceOf.get(snapshotId) ?? '',
    items: differing.filter(row => row.snapshotId === snapshotId).map(row => itemOf(row, bytesOf)),
  })
  return { before: beforeId === null ? null : of(beforeId), after: of(afterId) }
}

/** One item of a stored snapshot with its bytes, by its object id, or else by its type and name; null when it is not in it. */
export async function loadItem(
  tx: Reader,
  snapshotId: string,
  wanted: { readonly objectId: string } | { readonly type: string; readonly name: string },
): Promise<SnapshotItem | null> {
  const row = await tx.snapshotItem.findFirst({
    where: { snapshotId, ...wanted },
    include: { parts: { select: { path: true, digest: true }, orderBy: { path: 'asc' } } },
  })
  return row ? itemOf(row, await contents(tx, [row])) : null
}

/** Equal for two items, one in each snapshot, that are the same in every respect. */
const markOf = (row: ItemRow): string =>
  JSON.stringify([row.objectId, row.type, row.name, row.description, row.folder, row.hasDefinition, row.parts])

async function contents(tx: Reader, rows: readonly Pick<ItemRow, 'parts'>[]): Promise<ReadonlyMap<string, Uint8Array>> {
  const digests = [...new Set(rows.flatMap(row => row.parts.map(part => part.digest)))]
  const found = await tx.content.findMany({ where: { digest: { in: digests } } })
  return new Map(found.map(content => [content.digest, content.bytes]))
}

function itemOf(row: ItemRow, bytesOf: ReadonlyMap<string, Uint8Array>): SnapshotItem {
  const { objectId, logicalId, type, name, description, folder } = row
  const parts = row.parts.map(({ path, digest }) => ({ path, bytes: bytesOf.get(digest) ?? new Uint8Array() }))
  return { objectId, logicalId, type, name, description, folder, parts: row.hasDefinition ? parts : null }
}

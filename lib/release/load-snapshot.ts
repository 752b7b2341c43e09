import type { Tx } from '@/lib/db/client'
import type { Snapshot } from './snapshot'

type Source = Pick<Tx, 'content' | 'snapshot' | 'snapshotItem' | 'snapshotPart'>

const digestsInOneStatement = 2_000

/** A stored snapshot with all its bytes. Throws when there is none of that id. */
export async function loadSnapshot(tx: Source, snapshotId: string): Promise<Snapshot> {
  const { workspaceId } = await tx.snapshot.findUniqueOrThrow({ where: { id: snapshotId } })
  const rows = await tx.snapshotItem.findMany({
    where: { snapshotId },
    include: { parts: { orderBy: { path: 'asc' } } },
    orderBy: { id: 'asc' },
  })
  const digests = [...new Set(rows.flatMap(row => row.parts.map(part => part.digest)))]
  const bytesOf = new Map<string, Uint8Array>()
  for (let from = 0; from < digests.length; from += digestsInOneStatement) {
    const some = digests.slice(from, from + digestsInOneStatement)
    const contents = await tx.content.findMany({ where: { digest: { in: some } } })
    for (const content of contents) bytesOf.set(content.digest, content.bytes)
  }
  const items = rows.map(row => ({
    objectId: row.objectId,
    logicalId: row.logicalId,
    type: row.type,
    name: row.name,
    description: row.description,
    folder: row.folder,
    parts: row.hasDefinition ? row.parts.map(part => ({ path: part.path, bytes: stored(part.digest, bytesOf) })) : null,
  }))
  return { workspaceId, items }
}

function stored(digest: string, bytesOf: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const bytes = bytesOf.get(digest)
  if (bytes === undefined) throw new Error(`no content is stored for ${digest}`)
  return bytes
}

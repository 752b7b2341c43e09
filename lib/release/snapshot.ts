import { type Digest, digestOf, digestOfJson } from '@/lib/kernel/digest'

/** One file of an item's definition. `path` is relative to the item, with `/`; bytes are exactly as Fabric gave them. */
export type Part = { readonly path: string; readonly bytes: Uint8Array }

/**
 * An item with its definition, as read from a workspace.
 * `objectId` is its id in the workspace it was read from; `logicalId` comes from git and is null when unknown or all zeros;
 * `folder` is the workspace folder path, '' for the root. `parts` is null for an item that has no definition (SQLEndpoint, Dashboard…).
 */
export type SnapshotItem = {
  readonly objectId: string
  readonly logicalId: string | null
  readonly type: string
  readonly name: string
  readonly description: string
  readonly folder: string
  readonly parts: readonly Part[] | null
}

/** The items of a workspace at one instant. */
export type Snapshot = { readonly workspaceId: string; readonly items: readonly SnapshotItem[] }

/** One hash over items, paths and bytes (DESIGN section 2), whatever the order in which they were read. */
export function snapshotDigest(snapshot: Snapshot): Digest {
  const items = snapshot.items.map(item => ({
    type: item.type,
    name: item.name,
    folder: item.folder,
    description: item.description,
    parts: item.parts === null ? null : partDigests(item.parts),
  }))
  return digestOfJson(items.sort((a, b) => compare(`${a.type}/${a.name}`, `${b.type}/${b.name}`)))
}

const partDigests = (parts: readonly Part[]) =>
  parts.map(part => ({ path: part.path, digest: digestOf(part.bytes) })).sort((a, b) => compare(a.path, b.path))

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

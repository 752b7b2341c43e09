import { z } from 'zod'
import { sha256, zeroId } from './ids'

/** An item as a folder in git-sync format says it. */
export type ItemSource = {
  readonly type: string
  readonly displayName: string
  readonly description: string
  readonly logicalId: string
  /** Names of the workspace folders above it. */
  readonly folders: readonly string[]
  /** Folder of the item that it is a child of (`.children`), or null. */
  readonly parentDirectory: string | null
  readonly directory: string
  /** Without `.platform`. */
  readonly parts: ReadonlyMap<string, Buffer>
  readonly digest: string
}

export const platformSchema = z.object({
  metadata: z.object({ type: z.string(), displayName: z.string(), description: z.string().optional() }),
  config: z.object({ logicalId: z.string().optional() }).optional(),
})

/** Finds the items in a tree of files. `.platform` is authoritative for type and name, not the folder. */
export function parseItems(files: ReadonlyMap<string, Buffer>): ItemSource[] {
  const directories = [...files.keys()].filter(isPlatformPath).map(file => file.slice(0, -'/.platform'.length))
  const known = new Set(directories)
  const parts = new Map<string, Map<string, Buffer>>(directories.map(directory => [directory, new Map()]))
  for (const [file, bytes] of files) {
    if (isPlatformPath(file)) continue
    const owner = ownerOf(file, known)
    if (owner !== null) parts.get(owner)?.set(file.slice(owner.length + 1), bytes)
  }
  return directories
    .sort()
    .map(directory => itemSource(directory, files.get(`${directory}/.platform`), parts.get(directory), known))
}

const isPlatformPath = (file: string): boolean => file.endsWith('/.platform')

function ownerOf(file: string, directories: ReadonlySet<string>): string | null {
  for (let end = file.lastIndexOf('/'); end > 0; end = file.lastIndexOf('/', end - 1)) {
    const directory = file.slice(0, end)
    if (directories.has(directory)) return directory
  }
  return null
}

function itemSource(
  directory: string,
  platform: Buffer | undefined,
  parts: ReadonlyMap<string, Buffer> = new Map(),
  directories: ReadonlySet<string>,
): ItemSource {
  const { metadata, config } = platformSchema.parse(JSON.parse((platform ?? Buffer.alloc(0)).toString('utf8')))
  const parentDirectory = directory.includes('/.children/') ? ownerOf(directory, directories) : null
  const shown = parentDirectory ?? directory
  const sorted = new Map([...parts].sort(([a], [b]) => (a < b ? -1 : 1)))
  return {
    type: metadata.type,
    displayName: metadata.displayName,
    description: metadata.description ?? '',
    logicalId: config?.logicalId ?? zeroId,
    folders: shown.split('/').slice(0, -1),
    parentDirectory,
    directory,
    parts: sorted,
    digest: contentDigest(metadata.displayName, metadata.description ?? '', sorted),
  }
}

/** One hash over name, description, paths and bytes. */
export function contentDigest(
  displayName: string,
  description: string,
  parts: Iterable<readonly [string, Buffer]>,
): string {
  const lines = [...parts].map(([path, bytes]) => `${path}\n${sha256(bytes)}`).sort()
  return sha256([displayName, description, ...lines].join('\n'))
}

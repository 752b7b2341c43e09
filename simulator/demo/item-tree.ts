import type { Tree } from './tree'

export type DemoItem = {
  /** Of the item, `<name>.<Type>`. */
  readonly folder: string
  readonly type: string
  readonly name: string
  readonly logicalId: string
  /** By path inside the item, `.platform` included. */
  readonly parts: Tree
}

/** The items under `workspace/`, each with its parts. Throws where a `.platform` is missing or broken. */
export function itemsOf(tree: Tree): readonly DemoItem[] {
  const folders = new Map<string, Map<string, string>>()
  for (const [path, text] of tree) {
    const [root, folder, ...rest] = path.split('/')
    if (root !== 'workspace' || folder === undefined) continue
    const parts = folders.get(folder) ?? new Map<string, string>()
    folders.set(folder, parts.set(rest.join('/'), text))
  }
  return [...folders].map(([folder, parts]) => {
    const platform: {
      metadata: { type: string; displayName: string }
      config: { version: string; logicalId: string }
    } = JSON.parse(parts.get('.platform') ?? '')
    return {
      folder,
      type: platform.metadata.type,
      name: platform.metadata.displayName,
      logicalId: platform.config.logicalId,
      parts,
    }
  })
}

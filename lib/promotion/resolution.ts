export const zeroId = '00000000-0000-0000-0000-000000000000'

/**
 * What stands in the target for what the release holds. Keys are lower case. A value made by `awaiting` stands for an id that is not
 * known before an item has been created.
 */
export type Resolution = {
  /** Object and logical ids of items, the workspace id and SQL endpoint ids → the target's. */
  readonly ids: ReadonlyMap<string, string>
  /** SQL endpoint connection strings → the target's. */
  readonly hosts: ReadonlyMap<string, string>
  /** Source id of an item whose name differs in the target → both names. */
  readonly renamed: ReadonlyMap<string, { readonly type: string; readonly from: string; readonly to: string }>
  /** Name of a semantic model → its id in the target. */
  readonly models: ReadonlyMap<string, string>
  /** Name of a lakehouse → its id, in the workspace that the release was read from, and in the target. */
  readonly sourceLakehouses: ReadonlyMap<string, string>
  readonly targetLakehouses: ReadonlyMap<string, string>
  readonly sourceWorkspace: { readonly id: string; readonly name: string | null }
  readonly targetWorkspace: { readonly id: string; readonly name: string }
  /** What an all-zero workspace id ("this workspace") becomes; null leaves it. */
  readonly zeroWorkspace: string | null
}

/** Every id to itself: rewriting changes nothing. */
export function identityResolution(workspaceId: string): Resolution {
  const none = new Map<string, never>()
  return {
    ids: none,
    hosts: none,
    renamed: none,
    models: none,
    sourceLakehouses: none,
    targetLakehouses: none,
    sourceWorkspace: { id: workspaceId, name: null },
    targetWorkspace: { id: workspaceId, name: '' },
    zeroWorkspace: null,
  }
}

const placeholder = /awaiting:\{([^}]*)\}/g

export const awaiting = (what: string): string => `awaiting:{${what.replace(/[{}]/g, '')}}`
/** Before the label of the item whose SQL endpoint is awaited. */
export const endpointOf = 'SQL endpoint of '

export const isAwaiting = (value: string): boolean => value.startsWith('awaiting:{')

/** The items whose creation a rewritten text still awaits. */
export const awaitedIn = (text: string): string[] => [
  ...new Set([...text.matchAll(placeholder)].map(match => match[1] ?? '')),
]

export const withoutAwaited = (text: string): string => text.replace(placeholder, zeroId)

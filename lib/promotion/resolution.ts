/**
 * What stands in the target for what the release holds. Ids are lower-case GUIDs.
 * A value that starts with `awaiting:` stands for something of an item that does not exist yet.
 */
export type Resolution = {
  /** Object and logical ids of items, workspace ids and SQL endpoint ids → the target's. */
  readonly ids: ReadonlyMap<string, string>
  /** SQL endpoint connection strings (hosts, lower case) → the target's. */
  readonly hosts: ReadonlyMap<string, string>
  /** `type/name` of a release item, lower case → its name in the target. */
  readonly names: ReadonlyMap<string, string>
  readonly sourceWorkspace: { readonly id: string; readonly name: string | null }
  readonly targetWorkspace: { readonly id: string; readonly name: string }
}

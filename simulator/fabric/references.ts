import { zeroId } from '../store/ids'

const idPattern = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi
const textParts = /\.(json|py|sql|scala|r|ipynb|pbir|tmdl|yml|yaml|kql|pq|schedules|platform)$|^\.schedules$/i

export const isTextPart = (path: string): boolean => textParts.test(path)

/** Replaces ids by a table of lower-case ids; every other byte stays. */
export function replaceIds(text: string, idFor: (id: string) => string | undefined): string {
  return text.replace(idPattern, id => idFor(id.toLowerCase()) ?? id)
}

/** Logical ids become object ids, and the all-zero workspace id the workspace's own. */
export function resolveReferences(
  parts: ReadonlyMap<string, Buffer>,
  byLogicalId: ReadonlyMap<string, string>,
  workspaceId: string,
): Map<string, Buffer> {
  const resolve = (text: string): string => {
    const withItems = replaceIds(text, id => (id === zeroId ? undefined : byLogicalId.get(id)))
    return withItems.replace(zeroWorkspace, (_, before: string) => before + workspaceId)
  }
  return mapText(parts, resolve)
}

const zeroWorkspace = new RegExp(`("(?:default_lakehouse_)?workspace_?id"\\s*:\\s*")${zeroId}`, 'gi')

/** Applies a rewriting to the text parts; parts that do not change keep their very bytes. */
export function mapText(
  parts: ReadonlyMap<string, Buffer>,
  rewrite: (text: string, path: string) => string,
): Map<string, Buffer> {
  const entries = [...parts].map(([path, bytes]): [string, Buffer] => {
    if (!isTextPart(path)) return [path, bytes]
    const text = bytes.toString('utf8')
    const rewritten = rewrite(text, path)
    return [path, rewritten === text ? bytes : Buffer.from(rewritten)]
  })
  return new Map(entries)
}

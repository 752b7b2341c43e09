import { type AuditKind, actionsOfKind, auditKinds } from '@/lib/audit/kinds'
import type { AuditFilter } from '@/lib/audit/queries'

/** What the address of the audit page says. */
export type AuditAsked = {
  readonly project?: string
  readonly kind?: AuditKind
  readonly actor?: string
  readonly before?: number
}

type Params = Readonly<Record<string, string | string[] | undefined>>

/** Reads the filter from an address; what it does not know it leaves out. */
export function askedBy(params: Params): AuditAsked {
  const of = (name: string) => {
    const value = params[name]
    return typeof value === 'string' && value !== '' ? value.slice(0, 200) : undefined
  }
  const kind = auditKinds.find(one => one.id === of('kind'))?.id
  const before = Number(of('before'))
  return {
    project: of('project'),
    kind,
    actor: of('actor'),
    before: Number.isSafeInteger(before) && before > 0 ? before : undefined,
  }
}

type Project = { readonly id: string; readonly slug: string }

/** The filter for the database; null when it names a project that is not among the reader's. */
export function filterOf(
  { project, kind, actor, before }: AuditAsked,
  projects: readonly Project[],
): AuditFilter | null {
  const found = project === undefined ? undefined : projects.find(one => one.slug === project)
  if (project !== undefined && !found) return null
  return {
    ...(found && { projectId: found.id }),
    ...(kind && { actions: actionsOfKind(kind) ?? [] }),
    ...(actor !== undefined && { actor }),
    ...(before !== undefined && { before }),
  }
}

export const isFiltered = ({ project, kind, actor }: AuditAsked): boolean =>
  project !== undefined || kind !== undefined || actor !== undefined

/** The address of a page of the log with this filter. */
export function addressOf(path: string, asked: AuditAsked & { readonly format?: string }): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(asked)) if (value !== undefined) query.set(name, String(value))
  return query.size === 0 ? path : `${path}?${query}`
}

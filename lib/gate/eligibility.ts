import type { Holder } from '@/lib/access/roles'
import type { Criterion, CriterionId } from './criteria'
import type { Conflict } from './facts'

type Ticket = { readonly requestedById: string | null; readonly changedById: string | null }
type Commit = { readonly sha: string; readonly authorEmail: string }

/**
 * Who may never count as an approver of a ticket (DESIGN 3.4). Authors are known by the mail address of their commits,
 * which git gives; whatever its case.
 */
export function conflictsOf(
  ticket: Ticket,
  commits: readonly Commit[],
  holders: readonly Holder[],
): readonly Conflict[] {
  const authors = new Map(commits.map(commit => [commit.authorEmail.toLowerCase(), commit.sha.slice(0, 7)]))
  const conflicts = holders.flatMap(holder => {
    const commit = authors.get(holder.email.toLowerCase())
    return commit ? [{ userId: holder.userId, because: `they wrote commit ${commit} of this release` }] : []
  })
  if (ticket.requestedById) conflicts.push({ userId: ticket.requestedById, because: 'they requested this deployment' })
  if (ticket.changedById) conflicts.push({ userId: ticket.changedById, because: 'they last changed this ticket' })
  return conflicts
}

/** How many distinct people could clear each sign-off and approval now. */
export function eligibleCounts(
  list: readonly (Criterion & { readonly id: CriterionId })[],
  holders: readonly Holder[],
  conflicts: readonly Conflict[],
): Partial<Record<CriterionId, number>> {
  const barred = new Set(conflicts.map(conflict => conflict.userId))
  const counts = list
    .filter(criterion => criterion.kind === 'sign-off' || criterion.kind === 'approval')
    .map(criterion => {
      const able = holders.filter(holder => holder.roles.some(role => criterion.roles.includes(role)))
      return [criterion.id, able.filter(holder => !barred.has(holder.userId)).length] as const
    })
  return Object.fromEntries(counts)
}

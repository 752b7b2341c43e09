import type { AuditAction } from './actions'

/** Kinds of action to filter by, each a set of actions; every action belongs to one. */
export const auditKinds = [
  {
    id: 'decisions',
    label: 'Decisions',
    actions: ['criterion.signed-off', 'criterion.refused', 'sign-off.withdrawn', 'sign-off.voided', 'gate.opened'],
  },
  { id: 'refusals', label: 'Refusals', actions: ['refused'] },
  {
    id: 'promotions',
    label: 'Promotions',
    actions: [
      'plan.made',
      'promotion.queued',
      'promotion.started',
      'promotion.backed-up',
      'promotion.looked-again',
      'promotion.given-up',
      'promotion.ended',
      'validation.ended',
    ],
  },
  {
    id: 'tickets',
    label: 'Tickets',
    actions: [
      'ticket.created',
      'ticket.changed',
      'ticket.cancelled',
      'ticket.closed',
      'task.done',
      'record.made',
      'announcement.sent',
    ],
  },
  {
    id: 'releases',
    label: 'Releases and evidence',
    actions: ['release.made', 'evidence.received', 'webhook.received'],
  },
  {
    id: 'settings',
    label: 'Projects and settings',
    actions: [
      'project.created',
      'project.changed',
      'environment.linked',
      'environment.unlinked',
      'configuration.changed',
    ],
  },
  {
    id: 'access',
    label: 'People and access',
    actions: [
      'person.signed-in',
      'person.signed-out',
      'member.granted',
      'member.revoked',
      'token.made',
      'token.revoked',
    ],
  },
] as const satisfies readonly { id: string; label: string; actions: readonly AuditAction[] }[]

export type AuditKind = (typeof auditKinds)[number]['id']

/** The actions of a kind; null when there is no such kind. */
export const actionsOfKind = (id: string): readonly AuditAction[] | null =>
  auditKinds.find(kind => kind.id === id)?.actions ?? null

/** Steps of the machine between two things that people care about: folded under what came before. */
export const isMinor = (action: AuditAction): boolean =>
  (['task.done', 'plan.made', 'promotion.queued', 'promotion.backed-up', 'validation.ended'] as const).some(
    one => one === action,
  )

export type AuditTone = 'plain' | 'success' | 'attention' | 'danger'

/** How a row is marked: refusals and voided decisions want attention, what failed is a danger, what was reached a success. */
export function toneOf(action: AuditAction, details: Readonly<Record<string, unknown>>): AuditTone {
  if (action === 'promotion.ended') return details.outcome === 'succeeded' ? 'success' : endTone(details.outcome)
  if (action === 'evidence.received') return details.outcome === 'pass' ? 'plain' : 'danger'
  if (action === 'validation.ended') return Number(details.failed ?? 0) > 0 ? 'danger' : 'plain'
  if (action === 'ticket.closed') return 'success'
  return (['refused', 'criterion.refused', 'sign-off.voided', 'promotion.given-up', 'ticket.cancelled'] as const).some(
    one => one === action,
  )
    ? 'attention'
    : 'plain'
}

const endTone = (outcome: unknown): AuditTone => (outcome === 'cancelled' ? 'attention' : 'danger')

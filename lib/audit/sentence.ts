import { isRole, roleLabels } from '@/lib/access/roles'
import type { AuditAction } from './actions'

export type AuditDetails = Readonly<Record<string, unknown>>

/** One row of the audit log, as its stored text says it. */
export type AuditText = {
  readonly sequence: number
  readonly at: string
  readonly project: string | null
  readonly ticket: string | null
  readonly actor: string
  readonly actorId: string | null
  readonly action: AuditAction
  readonly details: AuditDetails
}

export const parseAuditText = (text: string): AuditText => JSON.parse(text)

/** One sentence about a row: who, in the past tense what, and to which. */
export function sentence({ actor, action, details }: Pick<AuditText, 'actor' | 'action' | 'details'>): string {
  const said = tellers[action]
  return `${actor} ${said ? said(details) : action}.`
}

/** What was said or given as a reason with it, in its own words; null when there is nothing. */
export function quotation({ action, details }: Pick<AuditText, 'action' | 'details'>): string | null {
  const key = quoted[action]
  const text = key ? details[key] : null
  return typeof text === 'string' && text.trim() !== '' ? text : null
}

const quoted: Partial<Record<AuditAction, string>> = {
  refused: 'message',
  'evidence.received': 'summary',
  'criterion.signed-off': 'statement',
  'criterion.refused': 'statement',
  'promotion.given-up': 'because',
  'promotion.ended': 'message',
  'ticket.cancelled': 'because',
}

const of = (details: AuditDetails, key: string, otherwise = ''): string => {
  const value = details[key]
  return typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : otherwise
}
const into = (details: AuditDetails) => `into ${of(details, 'into', 'its target')}`
const named = (details: AuditDetails, key = 'criterion') => `“${of(details, key, 'something')}”`
const short = (details: AuditDetails) => of(details, 'commit', 'a commit').slice(0, 7)
const counted = (count: unknown, one: string, many: string) => (Number(count) === 1 ? `1 ${one}` : `${count} ${many}`)
const releaseOf = (details: AuditDetails) => (details.release ? `release ${of(details, 'release')}` : 'a release')
const list = (value: unknown) => (Array.isArray(value) && value.length > 0 ? value.join(', ') : 'nothing')

const tellers: Readonly<Record<AuditAction, (details: AuditDetails) => string>> = {
  refused: d => `was refused to ${of(d, 'command', 'do something')}`,
  'person.signed-in': d => `signed in${d.rightsUnknown ? ', with groups that could not be read' : ''}`,
  'person.signed-out': () => 'signed out',
  'project.created': d => `created the project ${of(d, 'name')}`,
  'project.changed': d => `changed ${of(d, 'what', 'the settings')} of the project`,
  'environment.linked': d => `linked ${of(d, 'workspaceName', 'a workspace')} as ${of(d, 'tier', 'an environment')}`,
  'environment.unlinked': d => `unlinked ${of(d, 'workspaceName', 'a workspace')} from ${of(d, 'tier', 'its tier')}`,
  'member.granted': d => `gave the role ${of(d, 'role')} to ${holder(d)}`,
  'member.revoked': d => `took the role ${of(d, 'role')} from ${holder(d)}`,
  'token.made': d => `made the token ${named(d, 'name')} for ${list(d.scopes)}`,
  'token.revoked': d => `revoked the token ${named(d, 'name')}`,
  'configuration.changed': d => `changed ${of(d, 'what', 'the configuration')}`,
  'webhook.received': d =>
    `received ${of(d, 'event', 'an event')} from ${of(d, 'provider', 'a provider')}${d.again ? ' again' : ''}`,
  'release.made': d =>
    `made release ${of(d, 'number')} from commit ${short(d)} with ${counted(d.items ?? 0, 'item', 'items')}`,
  'evidence.received': d =>
    `reported ${named(d)} as ${d.outcome === 'pass' ? 'passing' : 'failing'} for commit ${short(d)}`,
  'ticket.created': d => `opened ${of(d, 'number', 'a ticket')} for ${releaseOf(d)} ${into(d)}`,
  'ticket.changed': d =>
    d.what ? of(d, 'what') : `noted on the ticket: ${of(d, 'because', 'a change').replace(/\.$/, '')}`,
  'ticket.cancelled': d => `cancelled ${of(d, 'number', 'the ticket')}`,
  'ticket.closed': d => `closed ${of(d, 'number', 'the ticket')}`,
  'task.done': d => `completed ${named(d, 'task')}${d.proof ? ` (${of(d, 'proof')})` : ''}`,
  'plan.made': d => `made the plan ${into(d)}${blockersOf(d)}`,
  'criterion.signed-off': d => `said yes to ${named(d)}${by(d)}`,
  'criterion.refused': d => `said no to ${named(d)}${by(d)}`,
  'sign-off.withdrawn': d => `withdrew their ${of(d, 'verdict', 'decision')} on ${named(d)}`,
  'sign-off.voided': d =>
    `voided the decision of ${of(d, 'of', 'somebody')} on ${named(d)}: ${of(d, 'because', 'something changed')}`,
  'record.made': d => `recorded ${named(d)}`,
  'gate.opened': d => `opened ${of(d, 'gate', 'the gate').replace(/^Gate /, 'the gate ')} for ${releaseOf(d)}`,
  'promotion.queued': d => `queued the promotion of ${releaseOf(d)} ${into(d)}`,
  'promotion.started': d => `started the promotion of ${releaseOf(d)} ${into(d)}`,
  'promotion.backed-up': d => `backed up ${counted(d.items ?? 0, 'item', 'items')} of ${of(d, 'into', 'the target')}`,
  'promotion.looked-again': d => `had the portal look again how the promotion of ${releaseOf(d)} ${into(d)} stands`,
  'promotion.given-up': d => `gave up the promotion of ${releaseOf(d)} ${into(d)}, whose outcome was unknown`,
  'promotion.ended': d =>
    `ended the promotion of ${releaseOf(d)} ${into(d)}: ${endings[of(d, 'outcome')] ?? of(d, 'outcome')}`,
  'validation.ended': d =>
    `validated the target: ${counted(d.checks ?? 0, 'check', 'checks')}, ${Number(d.failed ?? 0) === 0 ? 'none failed' : `${d.failed} failed`}`,
  'announcement.sent': d =>
    `sent the announcement ${named(d, 'subject')}: ${of(d, 'sent', '0')} of ${of(d, 'total', '0')} delivered`,
}

const endings: Readonly<Record<string, string>> = {
  succeeded: 'it succeeded',
  failed: 'it failed, since a check said no',
  errored: 'it errored, since a machine broke',
  partial: 'it ended in part',
  cancelled: 'it did not run',
  unknown: 'its outcome is unknown',
}

function by(details: AuditDetails): string {
  const role = of(details, 'role')
  return isRole(role) ? ` as ${roleLabels[role]}` : ''
}
const holder = (d: AuditDetails) => `${d.holder === 'group' ? 'the group ' : ''}${of(d, 'label', 'somebody')}`
function blockersOf({ blockers }: AuditDetails): string {
  return Number(blockers ?? 0) === 0 ? '' : `, with ${counted(blockers, 'blocker', 'blockers')}`
}

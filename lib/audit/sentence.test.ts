import { describe, expect, it } from 'vitest'
import { type AuditAction, auditActions } from './actions'
import { actionsOfKind, auditKinds, toneOf } from './kinds'
import { quotation, sentence } from './sentence'

const say = (action: AuditAction, details: Record<string, unknown> = {}, actor = 'Ada') =>
  sentence({ actor, action, details })

describe('the sentence of a row', () => {
  it.each(auditActions)('%s has one, with and without details', action => {
    const plain = say(action)
    expect(plain).toMatch(/^Ada \S.*\.$/)
    expect(plain).not.toContain('undefined')
    expect(plain).not.toContain('null')
    if (action.includes('.')) expect(plain).not.toContain(action)
  })

  const table: [AuditAction, Record<string, unknown>, string][] = [
    ['refused', { command: 'promote to Prod', message: 'Shut.' }, 'Ada was refused to promote to Prod.'],
    [
      'ticket.created',
      { number: 'CHG-0001', release: '2026.11.3', into: 'Claims-Analytics-Test' },
      'Ada opened CHG-0001 for release 2026.11.3 into Claims-Analytics-Test.',
    ],
    [
      'criterion.signed-off',
      { criterion: 'QA sign-off obtained', role: 'qa' },
      'Ada said yes to “QA sign-off obtained” as QA.',
    ],
    [
      'criterion.refused',
      { criterion: 'Change request approved (CAB)', role: 'cab-member' },
      'Ada said no to “Change request approved (CAB)” as CAB member.',
    ],
    [
      'sign-off.voided',
      { criterion: 'UAT sign-off from business', of: 'Bo', because: 'the release changed' },
      'Ada voided the decision of Bo on “UAT sign-off from business”: the release changed.',
    ],
    ['gate.opened', { gate: 'Gate UAT → Prod', release: '1' }, 'Ada opened the gate UAT → Prod for release 1.'],
    [
      'promotion.ended',
      { outcome: 'errored', release: '1', into: 'X-Prod' },
      'Ada ended the promotion of release 1 into X-Prod: it errored, since a machine broke.',
    ],
    [
      'promotion.ended',
      { outcome: 'failed', release: '1', into: 'X-Prod' },
      'Ada ended the promotion of release 1 into X-Prod: it failed, since a check said no.',
    ],
    [
      'evidence.received',
      { criterion: 'No lint errors', outcome: 'pass', commit: 'c81f0e2aaa' },
      'Ada reported “No lint errors” as passing for commit c81f0e2.',
    ],
    ['validation.ended', { checks: 1, failed: 0 }, 'Ada validated the target: 1 check, none failed.'],
    [
      'announcement.sent',
      { subject: 'Tonight', sent: 11, total: 12 },
      'Ada sent the announcement “Tonight”: 11 of 12 delivered.',
    ],
    ['ticket.changed', { what: 'asked for 3 mails to be sent again' }, 'Ada asked for 3 mails to be sent again.'],
    ['ticket.changed', { because: 'There is no Prod.' }, 'Ada noted on the ticket: There is no Prod.'],
    [
      'member.granted',
      { role: 'QA', holder: 'group', label: 'Claims QA' },
      'Ada gave the role QA to the group Claims QA.',
    ],
  ]
  it.each(table)('%s %o', (action, details, expected) => expect(say(action, details)).toBe(expected))

  it('gives what was said in its own words', () => {
    const details = { statement: 'Looks right', message: 'Shut.' }
    expect(quotation({ action: 'criterion.signed-off', details })).toBe('Looks right')
    expect(quotation({ action: 'refused', details })).toBe('Shut.')
    expect(quotation({ action: 'ticket.closed', details })).toBeNull()
    expect(quotation({ action: 'criterion.signed-off', details: { statement: ' ' } })).toBeNull()
  })
})

describe('kinds and tones', () => {
  it('put every action under exactly one kind', () => {
    const listed: string[] = auditKinds.flatMap(kind => [...kind.actions])
    expect([...listed].sort()).toEqual([...auditActions].sort())
    expect(actionsOfKind('nothing')).toBeNull()
  })

  it('mark a failure as a danger, a refusal as attention, and the one that did not run not as a failure', () => {
    expect(toneOf('promotion.ended', { outcome: 'failed' })).toBe('danger')
    expect(toneOf('promotion.ended', { outcome: 'cancelled' })).toBe('attention')
    expect(toneOf('refused', {})).toBe('attention')
    expect(toneOf('validation.ended', { failed: 0 })).toBe('plain')
  })
})

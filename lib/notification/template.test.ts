import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Holder, Role } from '@/lib/access/roles'
import { criteriaOf } from '@/lib/gate/criteria'
import { htmlOf } from './html'
import { oneLine } from './one-line'
import type { Ending, Story, Told } from './story'
import { mailFor } from './template'

const reader = (...roles: Role[]): Holder => ({ userId: 'u1', email: 'u1@claims.example', name: 'U One', roles })
const story = (told: Told, change: Partial<Story> = {}): Story => ({
  number: 'CHG-0001',
  hop: 'uat-prod',
  project: 'Claims-Analytics',
  zone: 'Europe/Oslo',
  release: { number: '2026.11.3', title: 'Loss ratio' },
  requestedBy: 'Release manager',
  from: 'UAT (Claims-Analytics-UAT)',
  to: 'Prod (Claims-Analytics-Prod)',
  link: 'https://portal.example/tickets/CHG-0001',
  told,
  ...change,
})
const created: Told = { kind: 'ticket-created', open: criteriaOf('uat-prod').map(one => one.id), barred: [] }
const at = new Date('2026-11-26T19:00:00Z')
const ended = (ending: Ending, message: string | null = null): Told => ({
  ...{ kind: 'stage-ended', ending, message, at },
  ...{ passed: 2, checks: 3 },
})

describe('the mail of an event', () => {
  it('says what, from where to where, which release, who, what is asked, and where to look', () => {
    const { subject, text } = mailFor(story(created), reader('cab-member'))
    expect(subject).toBe('CHG-0001 needs you: Claims-Analytics 2026.11.3 to Prod')
    for (const part of [
      'Release: 2026.11.3, Loss ratio',
      'From: UAT (Claims-Analytics-UAT)',
      'To: Prod (Claims-Analytics-Prod)',
      'Opened by: Release manager',
      '- Vote: Change request approved (CAB)',
      'Look at the ticket: https://portal.example/tickets/CHG-0001',
      'You get this as CAB member of Claims-Analytics.',
    ])
      expect(text).toContain(part)
    expect(text.match(/^- /gm)).toHaveLength(1)
  })

  it('asks a reader nothing that is met already, or that they may not decide', () => {
    const barred: Told = { ...created, kind: 'ticket-created', open: ['change-request', 'on-call'], barred: ['u1'] }
    const { text } = mailFor(story(barred), reader('cab-member', 'on-call'))
    expect(text).toContain('- Write down: On-call support scheduled')
    expect(text).not.toContain('Vote')
    expect(mailFor(story(created), reader('stakeholder')).text).toContain('You are not asked to do anything.')
  })

  const words: [Ending, string, string][] = [
    ['succeeded', 'CHG-0001 succeeded', 'what the plan said'],
    ['failed', 'CHG-0001 failed', 'a check said no'],
    ['errored', 'CHG-0001 errored', 'a machine broke'],
    ['partial', 'CHG-0001 ended in part', 'some were not'],
    ['cancelled', 'CHG-0001 did not run', 'Nothing was changed'],
  ]
  it.each(words)('tells %s apart from the other endings', (ending, subject, text) => {
    const mail = mailFor(story(ended(ending, 'Because of this')), reader('stakeholder'))
    expect(mail.subject).toContain(subject)
    expect(mail.text).toContain(text)
    expect(mail.text).toContain('Because of this')
    expect(mail.text).toContain('Checks: 2 of 3 passed')
    expect(mail.text).toContain('At: Thu, 26 Nov 2026, 20:00 (Europe/Oslo)')
  })

  it('asks whoever may promote to look at a failure, on-call to be ready, and nobody after a refusal', () => {
    const asked = (told: Told, role: Role) => mailFor(story(told), reader(role)).text.match(/^- .*/gm)
    expect(asked(ended('failed'), 'release-manager')).toEqual([
      '- Look at what went wrong, then promote again or cancel the ticket.',
    ])
    expect(asked(ended('errored'), 'on-call')?.[0]).toContain('Be ready to help')
    expect(asked(ended('cancelled'), 'on-call')).toBeNull()
    expect(asked(ended('succeeded'), 'release-manager')).toEqual(['- Close the ticket.'])
    expect(asked(ended('succeeded'), 'business-user')).toBeNull()
  })

  it('carries an announcement in its own words, with window and on-call', () => {
    const told: Told = {
      kind: 'announcement',
      by: 'Release manager',
      subject: 'Claims tonight',
      text: 'A new page.\r\nThe old one stays.',
      window: { start: at, end: new Date('2026-11-26T21:00:00Z'), zone: 'Europe/Oslo' },
      onCall: { person: 'Duty engineer', contact: '+47 000' },
    }
    const { subject, text } = mailFor(story(told), reader('stakeholder'))
    expect(subject).toBe('Claims tonight (CHG-0001)')
    expect(text).toContain('A new page.\nThe old one stays.')
    expect(text).toContain('Window: Thu, 26 Nov 2026, 20:00 to Thu, 26 Nov 2026, 22:00 (Europe/Oslo)')
    expect(text).toContain('On call: Duty engineer, +47 000')
  })
})

describe('HTML of the same words', () => {
  const mail = mailFor(
    story({
      ...ended('failed', '<img src="https://evil.example/a.png"> https://evil.example'),
      kind: 'stage-ended',
    } as Told),
    reader('release-manager'),
  )
  const html = htmlOf(mail, story(created).link)

  it('links to the ticket and to nothing else, and fetches nothing', () => {
    expect(html.match(/<a /g)).toHaveLength(1)
    expect(html).toContain('<a href="https://portal.example/tickets/CHG-0001">Look at the ticket</a>')
    expect(html).not.toMatch(/<(img|script|link|form|button)\b/)
    expect(html).toContain('&lt;img src=&quot;')
  })

  it('shows facts as a table, asks as a list, and sets no colour', () => {
    expect(html).toContain('>Release</td>')
    expect(html).toContain('<li>Look at what went wrong')
    expect(html).not.toMatch(/[^-]color:|background/)
  })
})

const inputs = '../shared/cases/inputs/notify/header_injection.json'
describe.skipIf(!existsSync(inputs))('names with line breaks (CASES G3)', () => {
  it('stay in one line of the subject and of the text', () => {
    const { ticketTitle, displayName } = JSON.parse(readFileSync(inputs, 'utf8'))
    const told: Told = {
      ...{ kind: 'announcement', by: displayName, subject: ticketTitle },
      text: 't',
      window: null,
      onCall: null,
    }
    const { subject, text } = mailFor(story(told, { requestedBy: displayName }), reader('stakeholder'))
    expect(subject).toBe('Quarter close Bcc: outsider@evil.example X-Injected: 1 (CHG-0001)')
    expect(text).not.toMatch(/^(Bcc|X-Injected)/m)
  })

  it('loses control characters, separators and turned direction, and an endless name its end', () => {
    expect(oneLine('a\u0000b\u2028c\u202ed\te')).toBe('a b c d e')
    expect([...oneLine('🚦'.repeat(300))]).toHaveLength(200)
  })
})

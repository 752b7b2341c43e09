import { describe, expect, it } from 'vitest'
import { type Holder, type Role, roles } from '@/lib/access/roles'
import type { Hop } from '@/lib/environment/hop'
import type { EventKind } from './event'
import { isAddress, recipientsFor } from './recipients'

const holder = (email: string, ...held: Role[]): Holder => ({ userId: email, email, name: email, roles: held })
const everybody = roles.map(role => holder(`${role}@claims.example`, role))
const told = (kind: EventKind, hop: Hop, hasFailed = false) =>
  recipientsFor({ kind, hop, hasFailed }, everybody)
    .flatMap(one => one.roles)
    .sort()

describe('who hears of an event', () => {
  const table: [EventKind, Hop, boolean, Role[]][] = [
    ['ticket-created', 'dev-test', false, ['developer', 'stakeholder']],
    ['ticket-created', 'test-uat', false, ['developer', 'qa', 'release-manager', 'stakeholder']],
    [
      'ticket-created',
      'uat-prod',
      false,
      ['business-user', 'cab-chair', 'cab-member', 'developer', 'on-call', 'release-manager', 'stakeholder'],
    ],
    ['stage-started', 'dev-test', false, ['developer', 'qa', 'release-manager', 'stakeholder']],
    ['stage-ended', 'test-uat', false, ['business-user', 'qa', 'release-manager', 'stakeholder']],
    [
      'stage-ended',
      'uat-prod',
      true,
      ['business-user', 'developer', 'incident-manager', 'on-call', 'qa', 'release-manager', 'stakeholder'],
    ],
    ['announcement', 'uat-prod', false, ['business-user', 'release-manager', 'stakeholder']],
    [
      'ticket-closed',
      'dev-test',
      false,
      ['developer', 'incident-manager', 'on-call', 'qa', 'release-manager', 'stakeholder'],
    ],
    ['ticket-cancelled', 'test-uat', false, ['developer', 'qa', 'release-manager', 'stakeholder']],
  ]
  it.each(table)('%s at %s, failed: %s', (kind, hop, hasFailed, expected) => {
    expect(told(kind, hop, hasFailed)).toEqual(expected)
  })

  it('is one mail for a person with three roles, and for two people with one address', () => {
    const many = [
      holder('a@claims.example', 'developer', 'qa', 'stakeholder'),
      holder('A@claims.example', 'stakeholder'),
    ]
    expect(recipientsFor({ kind: 'stage-started', hop: 'dev-test', hasFailed: false }, many)).toEqual([many[0]])
  })

  it('leaves out what is not one plain address', () => {
    for (const bad of ['', 'nobody', 'a@b, c@d', 'a@b\r\nRCPT TO:<x@y>', 'A <a@b.example>', 'a@b\u0000', '"a b"@c'])
      expect(isAddress(bad), bad).toBe(false)
    expect(isAddress("o'neil+x@claims.example")).toBe(true)
  })
})

import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { ownAddress } from './own-address'

const base = 'https://portal.example'
const file = '../shared/cases/inputs/auth/redirects.tsv'

describe('the address to go to after signing in', () => {
  it.each([
    ['/tickets/1', `${base}/tickets/1`],
    ['/tickets/1?tab=approvals#g2', `${base}/tickets/1?tab=approvals#g2`],
    [`${base}/tickets/1`, `${base}/tickets/1`],
    [base, `${base}/`],
    ['/\t/evil.example', `${base}/`],
    ['https://user@portal.example/', `${base}/`],
    ['https://portal.example:8443/', `${base}/`],
    ['tickets', `${base}/`],
    ['', `${base}/`],
    [undefined, `${base}/`],
    [['/a', '/b'], `${base}/`],
    ['https://portal.example:port', `${base}/`],
  ])('%j leads to %s', (asked, expected) => {
    expect(ownAddress(asked, base)).toBe(expected)
  })
})

describe.skipIf(!existsSync(file))('the list of crafted addresses', () => {
  const lines = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n').slice(1) : []
  const rows = lines.map(line => line.split('\t') as [string, string])

  it('is there', () => {
    expect(rows.length).toBeGreaterThan(8)
  })

  it.each(rows)('%s: %s', (escaped, verdict) => {
    const asked: unknown = JSON.parse(`"${escaped}"`)
    const address = ownAddress(asked, base)
    expect(new URL(address).origin).toBe(base)
    expect(address === `${base}/`).toBe(!verdict.startsWith('yes'))
  })
})

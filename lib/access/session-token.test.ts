import { describe, expect, it } from 'vitest'
import { sessionCookie, sessionEnd, sessionKey } from './session-token'

const start = new Date('2026-11-25T08:00:00Z')
const hoursIn = (hours: number) => new Date(start.getTime() + hours * 3_600_000)

describe('a session', () => {
  it.each([
    [0, 8],
    [7, 15],
    [16, 24],
    [20, 24],
    [23.9, 24],
  ])('used %d hours after its start ends %d hours after it', (used, ends) => {
    expect(sessionEnd(start, hoursIn(used))).toEqual(hoursIn(ends))
  })

  it('is known to the database by a digest only', () => {
    expect(sessionKey('token')).toMatch(/^sha256:[0-9a-f]{64}$/)
    expect(sessionKey('token')).not.toBe(sessionKey('Token'))
  })

  it('has a cookie bound to the host where that can be', () => {
    expect(sessionCookie('https://portal.example')).toMatch(/^__Host-/)
    expect(sessionCookie('http://127.0.0.1:3000')).not.toMatch(/^__/)
  })
})

import { expect, it } from 'vitest'
import { refuseForeign } from './origin'

const base = 'https://portal.example:8443/'

it.each([
  ['https://portal.example:8443', true],
  ['https://portal.example', false],
  ['http://portal.example:8443', false],
  ['https://evil.example', false],
  ['https://portal.example:8443.evil.example', false],
  ['null', false],
  ['', false],
  [null, false],
])('an Origin of %s: %s', (origin, isOwn) => {
  expect(refuseForeign(origin, base) === null).toBe(isOwn)
})

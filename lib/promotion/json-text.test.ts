import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type JsonNode, jsonValues, pathAt, readJson } from './json-text'

const valueAt = (node: JsonNode, text: string): unknown => {
  if (node.kind === 'array') return node.items.map(item => valueAt(item, text))
  if (node.kind === 'object') return Object.fromEntries(node.members.map(one => [one.key, valueAt(one.value, text)]))
  return JSON.parse(text.slice(node.start, node.end))
}
const accepts = (text: string) => {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

describe('JSON with places', () => {
  it('reads every value that JSON.parse reads, each at its place', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(undefined, 2, '\t'), (value, indent) => {
        const text = JSON.stringify(value, null, indent)
        const root = readJson(text)
        expect(root === null ? 'unread' : JSON.stringify(valueAt(root, text))).toBe(JSON.stringify(JSON.parse(text)))
      }),
    )
  })

  it('takes and refuses the same texts as JSON.parse', () => {
    const broken = fc
      .tuple(fc.jsonValue(), fc.nat(40), fc.constantFrom('', ',', '"', '}', '01', '\\u0041', '\u0001', ' '))
      .map(([value, at, inserted]) => {
        const text = JSON.stringify(value)
        return text.slice(0, at) + inserted + text.slice(at + 1)
      })
    fc.assert(
      fc.property(broken, text => {
        expect(readJson(text) !== null, text).toBe(accepts(text))
      }),
      { numRuns: 500 },
    )
  })

  it('names the place of a value', () => {
    const text = '\uFEFF{"a": [1, {"b c": "x"}], "d": {"e": "y"}}'
    const root = readJson(text)
    if (root === null) throw new Error('not read')
    expect(pathAt(root, text.indexOf('x'))).toBe('$.a[1]["b c"]')
    expect(pathAt(root, text.indexOf('y'))).toBe('$.d.e')
    expect(jsonValues(root).filter(({ key }) => key === 'e')).toHaveLength(1)
  })

  it('gives up on what is nested without end', () => {
    expect(readJson('['.repeat(5000) + ']'.repeat(5000))).toBeNull()
  })
})

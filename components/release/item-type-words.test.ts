import { expect, test } from 'vitest'
import { itemTypeWords } from './item-type-words'

test.each([
  ['SemanticModel', 'Semantic model'],
  ['DataPipeline', 'Data pipeline'],
  ['Report', 'Report'],
  ['KQLDatabase', 'KQL database'],
  ['SQLEndpoint', 'SQL endpoint'],
  ['Eventhouse', 'Eventhouse'],
])('%s is read as %s', (type, words) => {
  expect(itemTypeWords(type)).toBe(words)
})

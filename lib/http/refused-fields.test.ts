import { expect, test } from 'vitest'
import { refuse } from '@/lib/kernel/result'
import { refusedFields } from './refused-fields'

test.each([
  ['one field, which the message is about', { field: 'reason' }, { reason: ['Say why.'] }],
  [
    'words by field',
    { fields: { start: ['Too late.', 'Too short.'], end: [] } },
    { start: ['Too late.', 'Too short.'] },
  ],
  ['words by field before the one field', { field: 'a', fields: { b: ['Wrong.'] } }, { b: ['Wrong.'] }],
  ['no words in the fields', { field: 'a', fields: {} }, { a: ['Say why.'] }],
  ['other facts', { needs: ['qa'] }, undefined],
  ['fields that are no words', { field: 7, fields: { a: 'text', b: [1] } }, undefined],
])('%s', (_, facts, expected) => {
  expect(refusedFields(refuse('invalid', 'Say why.', facts).refusal)).toEqual(expected)
})

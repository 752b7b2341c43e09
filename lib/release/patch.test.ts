import { expect, test } from 'vitest'
import { noteBlocks } from './note-blocks'
import { itemPatches } from './patch'
import type { SnapshotItem } from './snapshot'

const bytes = (text: string) => new TextEncoder().encode(text)
const item = (parts: Record<string, Uint8Array>): SnapshotItem => ({
  ...{ objectId: '1', logicalId: null, type: 'Report', name: 'Claims', description: '', folder: '' },
  parts: Object.entries(parts).map(([path, content]) => ({ path, bytes: content })),
})

test('text parts give their lines, added and removed ones whole, binary ones their sizes', () => {
  const before = item({
    'a.json': bytes('{\n"x": 1\n}'),
    'logo.png': new Uint8Array([0, 1]),
    'old.txt': bytes('gone\n'),
  })
  const after = item({
    'a.json': bytes('{\n"x": 2\n}'),
    'logo.png': new Uint8Array([0, 2, 3]),
    'new.txt': bytes('here\n'),
  })
  const patches = new Map(itemPatches(before, after).map(part => [part.path, part]))
  expect(patches.get('a.json')?.patch).toContain('-"x": 1\n+"x": 2\n')
  expect(patches.get('logo.png')).toMatchObject({ patch: null, because: 'Not text: 2 bytes before, 3 bytes now.' })
  expect(patches.get('old.txt')).toMatchObject({ change: 'removed', patch: expect.stringContaining('-gone') })
  expect(patches.get('new.txt')).toMatchObject({ change: 'added', patch: expect.stringContaining('--- /dev/null') })
})

test('what is too long is said to be so', () => {
  const [part] = itemPatches(item({ 'a.txt': bytes('x') }), item({ 'a.txt': bytes('y'.repeat(200_001)) }))
  expect(part).toMatchObject({ patch: null, because: expect.stringMatching(/^Too long/) })
})

test('notes become headings, lists and paragraphs', () => {
  const notes = '### New\n\n- **report:** a page (1234567)\n- another\n\nSay hello.\n'
  expect(noteBlocks(notes)).toEqual([
    { kind: 'heading', text: 'New' },
    { kind: 'list', items: ['report: a page (1234567)', 'another'] },
    { kind: 'paragraph', text: 'Say hello.' },
  ])
})

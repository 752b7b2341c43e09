import { createTwoFilesPatch } from 'diff'
import { fileChanges } from './diff'
import { readableText } from './part-text'
import type { Part, SnapshotItem } from './snapshot'

/** One changed part of an item: its unified diff, or why there is none to read. */
export type PartPatch = {
  readonly path: string
  readonly change: 'added' | 'removed' | 'changed'
  readonly patch: string | null
  readonly because: string | null
}

const readableAtMost = 200_000

/** The bytes behind a change, part by part: text as a unified diff, anything else as how large it was and is. */
export function itemPatches(before: SnapshotItem | null, after: SnapshotItem | null): PartPatch[] {
  const old = new Map((before?.parts ?? []).map(part => [part.path, part]))
  const now = new Map((after?.parts ?? []).map(part => [part.path, part]))
  return fileChanges(before?.parts ?? [], after?.parts ?? []).map(({ path, change }) => ({
    ...{ path, change },
    ...patchOf(path, old.get(path), now.get(path)),
  }))
}

function patchOf(path: string, before: Part | undefined, after: Part | undefined): Omit<PartPatch, 'path' | 'change'> {
  const sizes = `${sizeOf(before)} before, ${sizeOf(after)} now`
  const [left, right] = [before, after].map(part => (part ? readableText(part) : ''))
  if (left == null || right == null) return { patch: null, because: `Not text: ${sizes}.` }
  if (left.length + right.length > readableAtMost)
    return { patch: null, because: `Too long to compare here: ${sizes}.` }
  const from = before ? `a/${path}` : '/dev/null'
  const to = after ? `b/${path}` : '/dev/null'
  return { patch: createTwoFilesPatch(from, to, left, right, undefined, undefined, { context: 3 }), because: null }
}

const sizeOf = (part: Part | undefined) => (part ? `${part.bytes.length.toLocaleString('en')} bytes` : 'nothing')

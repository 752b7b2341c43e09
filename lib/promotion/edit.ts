/** One replacement in a text. `rule` names the rule that asked for it; null when the rewriting of ids did. */
export type Edit = {
  readonly start: number
  readonly end: number
  readonly text: string
  readonly rule: string | null
}

/** Of edits that overlap, those that stand first in the list. */
export function withoutOverlaps(edits: readonly Edit[]): Edit[] {
  const kept: Edit[] = []
  for (const edit of edits) {
    const at = lowerBound(kept, edit.start)
    const before = kept[at - 1]
    const after = kept[at]
    if ((before === undefined || before.end <= edit.start) && (after === undefined || edit.end <= after.start))
      kept.splice(at, 0, edit)
  }
  return kept
}

/** `edits` in the order of the text, without overlaps. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const pieces: string[] = []
  let position = 0
  for (const edit of edits) {
    pieces.push(text.slice(position, edit.start), edit.text)
    position = edit.end
  }
  return pieces.join('') + text.slice(position)
}

const guidPattern =
  /[0-9a-fA-F]{8}([-_])[0-9a-fA-F]{4}\1[0-9a-fA-F]{4}\1[0-9a-fA-F]{4}\1[0-9a-fA-F]{12}(?![0-9a-fA-F])/g

export type FoundGuid = {
  readonly index: number
  readonly found: string
  /** In lower case and with hyphens, however it is written. */
  readonly id: string
}

/** Every GUID in a text, in any case, its groups divided by `-` or `_`. */
export function guidsIn(text: string): FoundGuid[] {
  const guids: FoundGuid[] = []
  for (const { 0: found, index } of text.matchAll(guidPattern)) {
    if (/[0-9a-fA-F]/.test(text[index - 1] ?? '')) continue
    guids.push({ index, found, id: found.replaceAll('_', '-').toLowerCase() })
  }
  return guids
}

export const isGuid = (value: string): boolean =>
  /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(value)
export const isHostName = (value: string): boolean =>
  /^(?=.*[a-z])[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$/i.test(value)

const quoted = (literal: string) => literal.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')

/** Finds whole occurrences of a literal: next to a letter, digit or `_` it is part of a longer name and does not count. */
export function wholeMatches(literal: string, ignoreCase: boolean): RegExp {
  const before = /^[\p{L}\p{N}_]/u.test(literal) ? '(?<![\\p{L}\\p{N}_])' : ''
  const after = /[\p{L}\p{N}_]$/u.test(literal) ? '(?![\\p{L}\\p{N}_])' : ''
  return new RegExp(before + quoted(literal) + after, ignoreCase ? 'giu' : 'gu')
}

function lowerBound(edits: readonly Edit[], start: number): number {
  let low = 0
  let high = edits.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((edits[middle]?.start ?? 0) < start) low = middle + 1
    else high = middle
  }
  return low
}

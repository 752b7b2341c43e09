import type { Variable } from '@/lib/configuration/variable'
import { type Edit, isGuid, isHostName, wholeMatches } from '../edit'
import { inLiteralOf } from './escape'
import { allMatches } from './ids'

/** Fabric takes ids, host names and item names in any case; everything else has to be written as it is. */
export const ignoresCase = (kind: Variable['kind'], value: string): boolean =>
  kind === 'lakehouse' || kind === 'warehouse' || kind === 'capacity' || isGuid(value) || isHostName(value)

/** Every whole occurrence of a value becomes another. */
export function dataSourceEdits(
  path: string,
  text: string,
  kind: Variable['kind'],
  find: string,
  value: string,
): Edit[] {
  const literal = inLiteralOf(path, find)
  return allMatches(text, wholeMatches(literal, ignoresCase(kind, find))).map(start => ({
    start,
    end: start + literal.length,
    text: inLiteralOf(path, value),
    rule: null,
  }))
}

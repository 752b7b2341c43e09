import type { Edit } from '../edit'
import { readJson, stringMember } from '../json-text'
import { jsonContent } from './escape'

/** `.platform`: the display name follows the item's name in the target. */
export function platformEdits(text: string, targetName: string): Edit[] {
  const name = stringMember(readJson(text), 'metadata', 'displayName')
  if (name === null || name.value === targetName) return []
  return [{ start: name.start + 1, end: name.end - 1, text: jsonContent(targetName), rule: null }]
}

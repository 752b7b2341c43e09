import { isJsonPart } from '@/lib/release/part-text'

/** What stands between the quotes of a JSON string. */
export const jsonContent = (value: string): string => JSON.stringify(value).slice(1, -1)

/** A value as it is written inside a quoted literal of a part's format. */
export function inLiteralOf(path: string, value: string): string {
  if (isJsonPart(path)) return jsonContent(value)
  return /\.(tmdl|pq)$/i.test(path) ? value.replaceAll('"', '""') : value
}

import { createHash } from 'node:crypto'

/** `sha256:` and 64 hexadecimal digits. */
export type Digest = `sha256:${string}`

/** SHA-256 of bytes, or of a text's UTF-8 bytes. */
export function digestOf(content: Uint8Array | string): Digest {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`
}

/** JSON with object keys in code-unit order and no white space, so that equal values give equal text (in the manner of RFC 8785). */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(sortKeys(value))
}

/** The digest of a JSON value, whatever the order of its keys. */
export const digestOfJson = (value: unknown): Digest => digestOf(canonicalJson(value))

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys)
  if (value === null || typeof value !== 'object' || value instanceof Date) return value
  const entries = Object.entries(value).filter(([, child]) => child !== undefined)
  entries.sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([key, child]) => [key, sortKeys(child)]))
}

import { canonicalJson } from '@/lib/kernel/digest'
import type { Part } from './snapshot'

const textTypes = new Set(
  'py r scala sql ipynb json pbir pbism bim tmdl kql pq yml yaml xml rdl txt md csv toml graphql sqlproj schedules platform gitignore'.split(
    ' ',
  ),
)
const jsonTypes = new Set(['json', 'ipynb', 'pbir', 'pbism', 'bim', 'platform', 'schedules'])

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const extension = (path: string) => path.slice(path.lastIndexOf('.') + 1).toLowerCase()

export const isJsonPart = (path: string): boolean => jsonTypes.has(extension(path))
export const isPlatformPart = (path: string): boolean => /(^|\/)\.platform$/.test(path)

/** The text of a part of a known text type, byte order mark and line ends kept; null for any other type, and for bytes that are not UTF-8. */
export const partText = (part: Part): string | null =>
  textTypes.has(extension(part.path)) ? decoded(part.bytes) : null

/** Whatever can be read as text, known type or not: to look into, never to rewrite. */
export const readableText = (part: Part): string | null => (part.bytes.includes(0) ? null : decoded(part.bytes))

export const textBytes = (text: string): Uint8Array => new TextEncoder().encode(text)

/** The JSON value of a part, or undefined when it is not JSON. */
export function partJson(part: Part): unknown {
  const text = isJsonPart(part.path) ? partText(part) : null
  return text === null ? undefined : parsed(text)
}

/**
 * Two parts with equal results say the same: line ends, a byte order mark, trailing blank lines, and in JSON the order of keys and
 * white space do not count; nor does the logical id of `.platform`. Null for a binary part, whose bytes have to be compared.
 */
export function comparableText(part: Part): string | null {
  const text = partText(part)
  if (text === null) return null
  const value = partJson(part)
  if (value !== undefined) return canonicalJson(isPlatformPart(part.path) ? withoutLogicalId(value) : value)
  return text
    .replace(/^\uFEFF/, '')
    .replace(/\r\n?/g, '\n')
    .trimEnd()
}

export function isSameContent(a: Part, b: Part): boolean {
  if (Buffer.compare(a.bytes, b.bytes) === 0) return true
  const text = comparableText(a)
  return text !== null && text === comparableText(b)
}

const decodedBefore = new WeakMap<Uint8Array, string | null>()

/** A plan looks at the same bytes several times. */
function decoded(bytes: Uint8Array): string | null {
  const before = decodedBefore.get(bytes)
  if (before !== undefined) return before
  const text = decodedOrNull(bytes)
  decodedBefore.set(bytes, text)
  return text
}

function decodedOrNull(bytes: Uint8Array): string | null {
  try {
    return decoder.decode(bytes)
  } catch {
    return null
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    return undefined
  }
}

function withoutLogicalId(platform: unknown): unknown {
  if (!isRecord(platform) || !isRecord(platform.metadata)) return platform
  const { type, displayName, description } = platform.metadata
  return { type, displayName, description: description === '' ? undefined : description }
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

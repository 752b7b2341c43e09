import type { ReleaseKey } from '@/lib/release/queries'

/** A place in a list of releases, as it stands in an address; null for what is none. */
export function readKey(text: unknown): ReleaseKey | null {
  const match = /^(\d{4}-[\d:.TZ-]{6,21})_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(String(text ?? ''))
  const createdAt = new Date(match?.[1] ?? '')
  return match?.[2] && !Number.isNaN(createdAt.getTime()) ? { createdAt, id: match[2] } : null
}

export const writeKey = ({ createdAt, id }: ReleaseKey): string => `${createdAt.toISOString()}_${id}`

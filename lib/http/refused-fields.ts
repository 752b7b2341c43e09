import type { Refusal } from '@/lib/kernel/refusal'

export type FieldWords = Readonly<Record<string, readonly string[]>>

/** The words for each field that a command's refusal names: its fact `fields` (words by name), or `field`, which the message is about. */
export function refusedFields({ message, facts }: Refusal): FieldWords | undefined {
  const { field, fields } = facts
  if (typeof fields === 'object' && fields !== null) {
    const named = Object.entries(fields).flatMap(([name, words]) => {
      const texts = (Array.isArray(words) ? words : []).filter((text): text is string => typeof text === 'string')
      return texts.length === 0 ? [] : [[name, texts] as const]
    })
    if (named.length > 0) return Object.fromEntries(named)
  }
  return typeof field === 'string' && field !== '' ? { [field]: [message] } : undefined
}

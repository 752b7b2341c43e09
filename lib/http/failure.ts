import { randomBytes } from 'node:crypto'
import type { Refusal } from '@/lib/kernel/refusal'

/** Writes down something unexpected under a new reference, and gives the person that reference instead of the details. */
export function unexpected(cause: unknown, during: string): Refusal {
  const reference = randomBytes(4).toString('hex')
  console.error(`[${reference}] ${during}`, cause)
  const message = `Something broke on our side, and nothing was saved. If it happens again, give the administrator this reference: ${reference}.`
  return { code: 'unavailable', message, facts: { reference } }
}

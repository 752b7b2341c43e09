import type { Refusal } from './refusal'

/** What a command or a decision returns: a value, or a refusal that is ready to be read by the person who asked. */
export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusal: Refusal }

export const ok = <T>(value: T): Result<T> => ({ ok: true, value })

export const refuse = (
  code: Refusal['code'],
  message: string,
  facts: Refusal['facts'] = {},
): { readonly ok: false; readonly refusal: Refusal } => ({ ok: false, refusal: { code, message, facts } })

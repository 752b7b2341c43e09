import 'server-only'
import { refresh } from 'next/cache'
import { headers } from 'next/headers'
import { redirect, unstable_rethrow } from 'next/navigation'
import { z } from 'zod'
import { currentContext } from '@/lib/access/session'
import type { Context } from '@/lib/db/context'
import { env } from '@/lib/env/env'
import { actorId } from '@/lib/kernel/context'
import type { Refusal } from '@/lib/kernel/refusal'
import type { Result } from '@/lib/kernel/result'
import { unexpected } from './failure'
import { readForm, typedIn } from './form-data'
import { limit } from './limit'
import { refuseForeign } from './origin'
import { type FieldWords, refusedFields } from './refused-fields'

/** What a form is told: done, or refused with the words for each field and what had been typed. */
export type Outcome<T = unknown> =
  | { readonly ok: true; readonly value: T; readonly message?: string }
  | {
      readonly ok: false
      readonly refusal: Refusal
      readonly fields?: FieldWords
      readonly values?: Readonly<Record<string, string>>
    }
  | null

type After<T> = {
  /** One sentence about what was done. */
  said?: (value: T) => string
  /** The page to go to when it is done. */
  to?: (value: T) => string
}

/** A server action over a command: `export const signOffAction = action(signOffSchema, signOff)`. */
export function action<S extends z.ZodType, T>(
  schema: S,
  command: (ctx: Context, input: z.output<S>) => Promise<Result<T>>,
  after: After<T> = {},
): (state: Outcome<T>, data: FormData) => Promise<Outcome<T>> {
  return async (_, data) => {
    const outcome = await run(schema, command, data)
    if (!outcome.ok) return { ...outcome, values: typedIn(data) }
    if (after.to) redirect(after.to(outcome.value))
    refresh()
    return after.said ? { ...outcome, message: after.said(outcome.value) } : outcome
  }
}

async function run<S extends z.ZodType, T>(
  schema: S,
  command: (ctx: Context, input: z.output<S>) => Promise<Result<T>>,
  data: FormData,
): Promise<NonNullable<Outcome<T>>> {
  try {
    const foreign = refuseForeign((await headers()).get('origin'), env().BASE_URL)
    if (foreign) return { ok: false, refusal: foreign }
    const ctx = await currentContext()
    const tooMany = await limit('action', actorId(ctx.actor) ?? 'nobody')
    if (tooMany) return { ok: false, refusal: tooMany }
    const parsed = schema.safeParse(readForm(data))
    if (!parsed.success) return { ok: false, ...invalid(parsed.error) }
    const result = await command(ctx, parsed.data)
    if (result.ok) return result
    const fields = refusedFields(result.refusal)
    return fields ? { ...result, fields } : result
  } catch (cause) {
    unstable_rethrow(cause)
    return { ok: false, refusal: unexpected(cause, 'a server action') }
  }
}

function invalid(error: z.ZodError): { refusal: Refusal; fields: Record<string, readonly string[]> } {
  const { fieldErrors, formErrors } = z.flattenError(error)
  const message = formErrors[0] ?? 'Some fields need another look.'
  return { refusal: { code: 'invalid', message, facts: {} }, fields: fieldErrors as Record<string, readonly string[]> }
}

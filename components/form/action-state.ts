import type { Refusal } from '@/lib/kernel/refusal'

/** What a server action answers: done, refused (with the words per field and what was typed), or not yet run. */
export type ActionState<T = unknown> =
  | { readonly ok: true; readonly value: T; readonly message?: string }
  | {
      readonly ok: false
      readonly refusal: Refusal
      readonly fields?: Readonly<Record<string, readonly string[]>>
      readonly values?: Readonly<Record<string, string>>
    }
  | null

export type FormAction<T = unknown> = (state: ActionState<T>, data: FormData) => Promise<ActionState<T>>

'use client'

import { type ReactNode, type SubmitEvent, startTransition, useActionState, useEffect, useId, useRef } from 'react'
import { Notice } from '@/components/ui/notice'
import type { ActionState, FormAction } from './action-state'
import { ErrorSummary } from './error-summary'
import { FormContext } from './form-context'
import { useUnsavedWarning } from './unsaved-warning'

type ActionFormProps<T> = {
  /** The server action itself, not a closure over it: only that works without JavaScript. */
  action: FormAction<T>
  /** Names the form for screen readers. */
  label?: string
  /** Values sent along, not shown. */
  hidden?: Readonly<Record<string, string | number>>
  /** Empties the fields after success; for forms that add one more. */
  clears?: boolean
  /** Warns before the browser leaves a form with unsaved input. */
  warns?: boolean
  children: ReactNode
}

const none = {}

/**
 * A form over a server action: keeps what was typed after a refusal, shows why, and works without JavaScript.
 * Success closes the dialog it stands in.
 */
export function ActionForm<T>({ action, label, hidden = none, clears, warns = false, children }: ActionFormProps<T>) {
  const [state, send, pending] = useActionState(action, null as Awaited<ActionState<T>>)
  const id = useId()
  const form = useRef<HTMLFormElement>(null)
  const { touched, settled } = useUnsavedWarning(warns)
  const refused = state && !state.ok ? state : null

  useEffect(() => {
    if (!state?.ok) return
    settled()
    if (clears) form.current?.reset()
    form.current?.closest('dialog')?.close()
  }, [state, clears, settled])

  function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault()
    if (pending) return
    const data = new FormData(event.currentTarget, event.nativeEvent.submitter)
    startTransition(() => send(data))
  }

  return (
    <form ref={form} action={send} onSubmit={submit} onChange={touched} aria-label={label} noValidate>
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {refused && <ErrorSummary refusal={refused.refusal} fields={refused.fields ?? none} form={id} />}
      {state?.ok && state.message && (
        <Notice tone="success" live>
          {state.message}
        </Notice>
      )}
      <FormContext value={{ id, errors: refused?.fields ?? none, values: refused?.values ?? none }}>
        {children}
      </FormContext>
    </form>
  )
}

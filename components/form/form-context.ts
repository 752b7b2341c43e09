'use client'

import { createContext, use } from 'react'

type FormFacts = {
  id: string
  errors: Readonly<Record<string, readonly string[]>>
  values: Readonly<Record<string, string>>
}

export const FormContext = createContext<FormFacts>({ id: 'form', errors: {}, values: {} })

export function fieldId(form: string, name: string): string {
  return `${form}-${name}`
}

/** Ids, errors and the value typed before a refusal, for the field of that name. */
export function useField(name: string, hint?: unknown) {
  const { id: form, errors, values } = use(FormContext)
  const id = fieldId(form, name)
  const messages = errors[name] ?? []
  const describedBy = [hint ? `${id}-hint` : '', messages.length > 0 ? `${id}-error` : ''].filter(Boolean).join(' ')
  return {
    id,
    messages,
    typed: values[name],
    /** What was typed is known, so a box that is not among it was left empty. */
    answered: Object.keys(values).length > 0,
    attributes: {
      id,
      name,
      'aria-describedby': describedBy || undefined,
      'aria-invalid': messages.length > 0 ? (true as const) : undefined,
    },
  }
}

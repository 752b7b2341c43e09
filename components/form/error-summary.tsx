'use client'

import { useEffect, useRef } from 'react'
import { Icon } from '@/components/ui/icon'
import type { Refusal } from '@/lib/kernel/refusal'
import { fieldId } from './form-context'

type ErrorSummaryProps = {
  refusal: Refusal
  fields: Readonly<Record<string, readonly string[]>>
  /** Id of the form whose fields the words link to. */
  form: string
}

/** Says why the form was refused, links to each field that caused it, and takes the focus when it appears. */
export function ErrorSummary({ refusal, fields, form }: ErrorSummaryProps) {
  const summary = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (refusal) summary.current?.focus()
  }, [refusal])
  return (
    <div
      ref={summary}
      role="alert"
      tabIndex={-1}
      className="mb-4 flex max-w-120 gap-2.5 rounded-md border border-l-3 border-l-danger bg-danger-soft px-3.5 py-2.5"
    >
      <Icon name="warning" className="mt-0.5 size-4 text-danger" />
      <div className="min-w-0">
        <p className="font-semibold">{refusal.message}</p>
        <FieldLinks fields={fields} form={form} />
      </div>
    </div>
  )
}

function FieldLinks({ fields, form }: Pick<ErrorSummaryProps, 'fields' | 'form'>) {
  const named = Object.entries(fields).filter(([, messages]) => messages.length > 0)
  if (named.length === 0) return null
  return (
    <ul className="mt-1">
      {named.map(([name, messages]) => (
        <li key={name}>
          <a href={`#${fieldId(form, name)}`} className="link">
            {messages.join(' ')}
          </a>
        </li>
      ))}
    </ul>
  )
}

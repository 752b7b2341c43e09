'use client'

import type { ComponentProps } from 'react'
import { Field, type FieldWords } from './field'
import { useField } from './form-context'

type TextareaProps = FieldWords &
  Omit<ComponentProps<'textarea'>, 'className' | 'style' | 'id' | 'name' | 'children'> & { name: string }

export function Textarea({ label, hint, optional, name, rows = 4, defaultValue, ...rest }: TextareaProps) {
  const { id, messages, typed, attributes } = useField(name, hint)
  return (
    <Field id={id} label={label} hint={hint} optional={optional} messages={messages}>
      <textarea {...rest} {...attributes} rows={rows} defaultValue={typed ?? defaultValue} className="control block" />
    </Field>
  )
}

'use client'

import type { ComponentProps } from 'react'
import { Field, type FieldWords } from './field'
import { useField } from './form-context'

export type Option = { value: string; label: string; disabled?: boolean }

type SelectProps = FieldWords &
  Omit<ComponentProps<'select'>, 'className' | 'style' | 'id' | 'name' | 'children'> & {
    name: string
    options: readonly Option[]
    /** First, empty choice: "Choose a role". */
    prompt?: string
  }

export function Select({ label, hint, optional, name, options, prompt, defaultValue, ...rest }: SelectProps) {
  const { id, messages, typed, attributes } = useField(name, hint)
  const value = typed ?? defaultValue ?? (prompt ? '' : undefined)
  return (
    <Field id={id} label={label} hint={hint} optional={optional} messages={messages}>
      <select key={String(value)} {...rest} {...attributes} defaultValue={value} className="control">
        {prompt && <option value="">{prompt}</option>}
        {options.map(option => (
          <option key={option.value} value={option.value} disabled={option.disabled}>
            {option.label}
          </option>
        ))}
      </select>
    </Field>
  )
}

'use client'

import type { ComponentProps } from 'react'
import { Field, type FieldWords } from './field'
import { useField } from './form-context'

type TextInputProps = FieldWords &
  Omit<ComponentProps<'input'>, 'className' | 'style' | 'id' | 'name' | 'children'> & {
    name: string
    /** Ids, versions, hashes. */
    mono?: boolean
  }

export function TextInput({ label, hint, optional, name, mono = false, defaultValue, ...rest }: TextInputProps) {
  const { id, messages, typed, attributes } = useField(name, hint)
  return (
    <Field id={id} label={label} hint={hint} optional={optional} messages={messages}>
      <input
        type="text"
        autoComplete="off"
        {...rest}
        {...attributes}
        defaultValue={typed ?? defaultValue}
        className={mono ? 'control mono' : 'control'}
      />
    </Field>
  )
}

'use client'

import type { ComponentProps, ReactNode } from 'react'
import { FieldError, FieldHint } from './field'
import { useField } from './form-context'

type CheckboxProps = Omit<ComponentProps<'input'>, 'className' | 'style' | 'id' | 'name' | 'type' | 'children'> & {
  name: string
  label: ReactNode
  hint?: ReactNode
}

export function Checkbox({ name, label, hint, value = 'on', defaultChecked, ...rest }: CheckboxProps) {
  const { id, messages, typed, answered, attributes } = useField(name, hint)
  return (
    <div className="mb-4 flex max-w-120 gap-2">
      <input
        {...rest}
        {...attributes}
        type="checkbox"
        value={value}
        defaultChecked={answered ? typed === value : defaultChecked}
        className="m-0.5 size-4 shrink-0 accent-accent"
      />
      <div>
        <label htmlFor={id} className="block">
          {label}
        </label>
        <FieldHint id={id}>{hint}</FieldHint>
        <FieldError id={id} messages={messages} />
      </div>
    </div>
  )
}

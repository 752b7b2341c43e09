'use client'

import type { ReactNode } from 'react'
import { FieldError, FieldHint } from './field'
import { useField } from './form-context'

export type Choice = { value: string; label: ReactNode; hint?: ReactNode; disabled?: boolean }

type RadioGroupProps = {
  name: string
  legend: ReactNode
  hint?: ReactNode
  choices: readonly Choice[]
  defaultValue?: string
  required?: boolean
}

export function RadioGroup({ name, legend, hint, choices, defaultValue, required }: RadioGroupProps) {
  const { id, messages, typed, attributes } = useField(name, hint)
  const chosen = typed ?? defaultValue
  return (
    <fieldset key={chosen} aria-describedby={attributes['aria-describedby']} className="mb-4 max-w-120">
      <legend className="font-medium">{legend}</legend>
      <FieldHint id={id}>{hint}</FieldHint>
      <FieldError id={id} messages={messages} />
      {choices.map((choice, index) => (
        <label key={choice.value} className="mt-1.5 flex gap-2">
          <input
            id={index === 0 ? id : undefined}
            type="radio"
            name={name}
            value={choice.value}
            defaultChecked={choice.value === chosen}
            disabled={choice.disabled}
            required={required}
            className="m-0.5 size-4 shrink-0 accent-accent"
          />
          <span>
            {choice.label}
            {choice.hint && <span className="block text-xs text-ink-muted">{choice.hint}</span>}
          </span>
        </label>
      ))}
    </fieldset>
  )
}

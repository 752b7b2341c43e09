'use client'

import type { ReactNode } from 'react'
import { useFormStatus } from 'react-dom'
import { type ButtonSize, type ButtonVariant, buttonStyle } from '@/components/ui/button-style'
import { Icon } from '@/components/ui/icon'

type SubmitButtonProps = {
  /** Verb + object: "Approve change request". */
  children: ReactNode
  /** Shown while sending: "Approving". */
  pending: ReactNode
  variant?: ButtonVariant
  size?: ButtonSize
  /** With `value`, tells two buttons of one form apart. */
  name?: string
  value?: string
}

/** Stays enabled until it is sending; then says so, with a spinner after 200 ms, and ignores further clicks. */
export function SubmitButton({ children, pending, variant = 'primary', size, name, value }: SubmitButtonProps) {
  const status = useFormStatus()
  const sending = status.pending && (name === undefined || status.data?.get(name) === value)
  return (
    <button
      type="submit"
      name={name}
      value={value}
      aria-disabled={status.pending || undefined}
      onClick={event => {
        if (status.pending) event.preventDefault()
      }}
      className={buttonStyle(variant, size)}
    >
      {sending && <Icon name="arc" className="late spin size-4" />}
      {sending ? pending : children}
    </button>
  )
}

import type { ReactNode } from 'react'
import { Icon } from '@/components/ui/icon'

export type FieldWords = {
  /** At most three words. */
  label: ReactNode
  /** Under the label, never inside the input. */
  hint?: ReactNode
  /** Says "(optional)" beside the label. */
  optional?: boolean
}

type FieldProps = FieldWords & { id: string; messages: readonly string[]; children: ReactNode }

/** Label, hint and error around one control; the control takes its attributes from `useField`. */
export function Field({ id, label, hint, optional = false, messages, children }: FieldProps) {
  return (
    <div className="mb-4 max-w-120">
      <label htmlFor={id} className="block font-medium">
        {label}
        {optional && <span className="font-normal text-ink-muted"> (optional)</span>}
      </label>
      <FieldHint id={id}>{hint}</FieldHint>
      <FieldError id={id} messages={messages} />
      <div className="mt-1">{children}</div>
    </div>
  )
}

export function FieldHint({ id, children }: { id: string; children?: ReactNode }) {
  if (!children) return null
  return (
    <p id={`${id}-hint`} className="text-xs text-ink-muted">
      {children}
    </p>
  )
}

export function FieldError({ id, messages }: { id: string; messages: readonly string[] }) {
  if (messages.length === 0) return null
  return (
    <p id={`${id}-error`} className="mt-0.5 flex items-start gap-1.5 text-sm text-danger">
      <Icon name="warning" className="mt-0.5 size-4" />
      {messages.join(' ')}
    </p>
  )
}

'use client'

import { type ReactNode, useId, useRef } from 'react'
import { Button } from './button'
import { type ButtonSize, type ButtonVariant, buttonStyle } from './button-style'

type DialogProps = {
  /** Text of the button that opens it: verb + object, with an ellipsis if more is asked. */
  trigger: ReactNode
  title: string
  variant?: ButtonVariant
  size?: ButtonSize
  children: ReactNode
}

/** The browser's own modal dialog: focus stays inside, Escape closes it and gives focus back to the trigger. */
export function Dialog({ trigger, title, variant, size, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const heading = useId()
  return (
    <>
      <button
        type="button"
        aria-haspopup="dialog"
        className={buttonStyle(variant, size)}
        onClick={() => dialog.current?.showModal()}
      >
        {trigger}
      </button>
      <dialog
        ref={dialog}
        aria-labelledby={heading}
        className="m-auto max-h-[calc(100dvh-2rem)] w-[calc(100vw-2rem)] max-w-140 overflow-y-auto rounded-md border bg-surface p-5 text-left text-ink shadow-float"
      >
        <h2 id={heading} className="mb-3 text-lg font-semibold">
          {title}
        </h2>
        {children}
      </dialog>
    </>
  )
}

/** Leaves the dialog it stands in without doing anything. */
export function DialogCancel({ children = 'Cancel' }: { children?: ReactNode }) {
  return <Button onClick={event => event.currentTarget.closest('dialog')?.close()}>{children}</Button>
}

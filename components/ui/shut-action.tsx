import { type ReactNode, useId } from 'react'

type ShutActionProps = {
  /** The act that is shut, as a verb and its object: "Promote to Prod". */
  children: ReactNode
  /** Why, in one line: "2 criteria unmet: see who can clear them". */
  because: string
  /** Where the reasons are listed, usually `#why`. */
  href?: string
}

/** An act that cannot be done now: visible, focusable, and saying why. */
export function ShutAction({ children, because, href = '#why' }: ShutActionProps) {
  const reason = useId()
  return (
    <div className="print:hidden">
      <button
        type="button"
        aria-disabled="true"
        aria-describedby={reason}
        className="inline-flex min-h-8 cursor-default items-center rounded-md border border-line-strong bg-surface px-3 py-1 font-medium text-ink-muted"
      >
        {children}
      </button>
      <p id={reason} className="mt-1 text-xs text-attention">
        <a href={href} className="underline decoration-transparent underline-offset-2 hover:decoration-current">
          {because}
        </a>
      </p>
    </div>
  )
}

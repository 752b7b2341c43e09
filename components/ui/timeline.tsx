import clsx from 'clsx'
import type { ReactNode } from 'react'

export function Timeline({ label = 'Timeline', children }: { label?: string; children: ReactNode }) {
  return (
    <ol aria-label={label} className="px-4 pt-3">
      {children}
    </ol>
  )
}

const tones = { plain: 'bg-line-strong', success: 'bg-success', attention: 'bg-attention', danger: 'bg-danger' }

type TimelineEntryProps = {
  /** One sentence: who did what to which. */
  children: ReactNode
  /** A `<Time>`. */
  at: ReactNode
  /** Machine steps folded under the human act, or a quotation. */
  detail?: ReactNode
  tone?: keyof typeof tones
}

export function TimelineEntry({ children, at, detail, tone = 'plain' }: TimelineEntryProps) {
  return (
    <li className="group relative grid grid-cols-[0.875rem_minmax(0,1fr)_auto] gap-x-2.5 pb-3">
      <span aria-hidden="true" className={clsx('mt-[0.4375rem] ml-[3px] size-[7px] rounded-full', tones[tone])} />
      <span
        aria-hidden="true"
        className="absolute top-[1.125rem] -bottom-0.5 left-1.5 w-px bg-line group-last:hidden"
      />
      <div className="min-w-0 wrap-break-word">
        {children}
        {detail && <div className="text-xs text-ink-muted">{detail}</div>}
      </div>
      <span className="pt-0.5 text-right text-xs text-ink-faint">{at}</span>
    </li>
  )
}

/** A heading between two stretches of a timeline; goes between two `Timeline`s. */
export function TimelineDay({ children }: { children: ReactNode }) {
  return <h3 className="px-4 pt-3 text-xs font-semibold text-ink-muted">{children}</h3>
}

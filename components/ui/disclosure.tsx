import type { ReactNode } from 'react'
import { Icon } from './icon'

type DisclosureProps = { summary: ReactNode; open?: boolean; id?: string; children: ReactNode }

/** Folded detail; opens without JavaScript, and always open on paper. */
export function Disclosure({ summary, open, id, children }: DisclosureProps) {
  return (
    <details id={id} open={open} className="group/disclosure">
      <summary className="flex min-h-7 cursor-pointer list-none items-center gap-1.5 text-ink-muted hover:text-ink [&::-webkit-details-marker]:hidden">
        <Icon name="chevron" className="size-3.5 transition-[rotate] group-open/disclosure:rotate-90 print:hidden" />
        {summary}
      </summary>
      <div className="pt-1 pb-2 pl-5">{children}</div>
    </details>
  )
}

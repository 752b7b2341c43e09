import type { ReactNode } from 'react'
import { ButtonLink } from './button-link'

type PaginationProps = {
  /** Address of the page of newer entries; none on the first page. */
  newer?: string
  older?: string
  /** What is shown: "50 of 1,204 tickets". */
  children?: ReactNode
}

/** Pages by key, so there are no page numbers. Renders nothing when there is nowhere to go and nothing to say. */
export function Pagination({ newer, older, children }: PaginationProps) {
  if (!newer && !older && !children) return null
  return (
    <nav aria-label="Pages" className="mb-4 flex flex-wrap items-center gap-2 text-xs text-ink-muted">
      {children && <span className="mr-auto">{children}</span>}
      {newer && (
        <ButtonLink href={newer} size="sm">
          Newer
        </ButtonLink>
      )}
      {older && (
        <ButtonLink href={older} size="sm">
          Older
        </ButtonLink>
      )}
    </nav>
  )
}

import { type ReactNode, useId } from 'react'

type RegionProps = {
  title?: ReactNode
  /** Short fact at the right of the heading: "newest first", "live". */
  aside?: ReactNode
  /** Target of links such as `#why`. */
  id?: string
  level?: 2 | 3
  /** Puts the usual padding around the children; rows, tables and timelines bring their own. */
  padded?: boolean
  /** Names the region when it has no title. */
  label?: string
  children: ReactNode
}

/** A bordered part of a page. No region inside a region. */
export function Region({ title, aside, id, level = 2, padded = false, label, children }: RegionProps) {
  const headingId = useId()
  const Heading = level === 2 ? 'h2' : 'h3'
  return (
    <section
      id={id}
      aria-labelledby={title ? headingId : undefined}
      aria-label={title ? undefined : label}
      className="mb-4 overflow-clip rounded-md border bg-surface"
    >
      {title && (
        <header className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5 border-b px-4 py-3">
          <Heading id={headingId} className="text-lg font-semibold">
            {title}
          </Heading>
          {aside && <div className="text-xs text-ink-muted sm:ml-auto">{aside}</div>}
        </header>
      )}
      {padded ? <div className="px-4 py-3">{children}</div> : children}
    </section>
  )
}

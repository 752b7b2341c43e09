import type { ReactNode } from 'react'
import { type Crumb, Crumbs } from './crumbs'

type PageHeadProps = {
  title: ReactNode
  crumbs?: readonly Crumb[]
  /** One line of facts under the title: number, status, tiers. */
  meta?: ReactNode
  /** The one primary action, or a `ShutAction`. */
  action?: ReactNode
}

export function PageHead({ title, crumbs, meta, action }: PageHeadProps) {
  return (
    <>
      {crumbs && <Crumbs trail={crumbs} />}
      <div className="mb-4 flex flex-col gap-2.5 md:flex-row md:items-start md:gap-4">
        <div className="min-w-0">
          <h1 className="text-2xl font-semibold tracking-tight wrap-break-word">{title}</h1>
          {meta && <div className="mt-1 flex flex-wrap items-center gap-x-2.5 gap-y-1 text-ink-muted">{meta}</div>}
        </div>
        {action && <div className="shrink-0 md:ml-auto md:text-right">{action}</div>}
      </div>
    </>
  )
}

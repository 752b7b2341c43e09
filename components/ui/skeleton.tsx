import { VisuallyHidden } from './visually-hidden'

const widths = ['w-3/5', 'w-2/5', 'w-1/2', 'w-1/3'] as const

function Bar({ className }: { className: string }) {
  return <span className={`breathe block h-3 rounded-sm bg-line ${className}`} />
}

/** Stands where `Rows` or a table will be: same row height, same padding. */
export function RowsSkeleton({ rows = 4, label = 'Loading' }: { rows?: number; label?: string }) {
  return (
    <div role="status" className="mb-4 overflow-clip rounded-md border bg-surface">
      <VisuallyHidden>{label}</VisuallyHidden>
      <div aria-hidden="true" className="divide-y">
        {[...Array(rows).keys()].map(row => (
          <div key={row} className="flex min-h-10 items-center gap-4 px-4 py-2.5">
            <Bar className={widths[row % widths.length] ?? 'w-1/2'} />
            <Bar className="ml-auto w-16" />
          </div>
        ))}
      </div>
    </div>
  )
}

/** Stands where `PageHead` will be. */
export function HeadSkeleton() {
  return (
    <div aria-hidden="true" className="mb-4 space-y-2.5 pt-6">
      <Bar className="h-5 w-72 max-w-full" />
      <Bar className="w-48" />
    </div>
  )
}

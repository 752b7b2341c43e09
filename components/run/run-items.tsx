import { Status } from '@/components/status/status'
import { Disclosure } from '@/components/ui/disclosure'
import type { RunItemView } from '@/lib/promotion/progress'

const folds = 40

/** Each item that the run writes and what was said of it last. */
export function RunItems({ items }: { items: readonly RunItemView[] }) {
  if (items.length === 0) return null
  const list = <ItemList items={items} />
  const done = items.filter(({ status }) => status === 'done').length
  const heading = (
    <h3 className="border-t bg-sunken px-4 py-1.5 text-xs font-medium text-ink-muted">
      Items, {done} of {items.length} written
    </h3>
  )
  if (items.length <= folds)
    return (
      <>
        {heading}
        {list}
      </>
    )
  const urgent = items.filter(({ status }) => status === 'failed' || status === 'writing' || status === 'unknown')
  return (
    <>
      {heading}
      {urgent.length > 0 && <ItemList items={urgent} />}
      <div className="border-t px-4 py-1.5">
        <Disclosure summary={`All ${items.length} items`}>{list}</Disclosure>
      </div>
    </>
  )
}

function ItemList({ items }: { items: readonly RunItemView[] }) {
  return (
    <ul aria-label="Items of the run" className="divide-y border-t text-sm">
      {items.map(({ label, status, message }) => (
        <li key={label} className="grid grid-cols-[6rem_minmax(0,1fr)] gap-x-3 px-4 py-1.5">
          <Status kind="item" value={status} />
          <span className="min-w-0">
            <span className="mono wrap-anywhere">{label}</span>
            {message && (status === 'failed' || status === 'writing' || status === 'unknown') && (
              <span className="block text-xs text-ink-muted">{message}</span>
            )}
          </span>
        </li>
      ))}
    </ul>
  )
}

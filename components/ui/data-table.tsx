import clsx from 'clsx'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { ScrollArea } from './scroll-area'
import { VisuallyHidden } from './visually-hidden'

export type Column = {
  label: string
  numeric?: boolean
  /** Keeps the label for screen readers only, e.g. over row menus. */
  hidden?: boolean
  /** Address that sorts by this column. */
  sortHref?: string
  sorted?: 'ascending' | 'descending'
}

type DataTableProps = {
  /** Names the table. */
  label: string
  columns: readonly Column[]
  /** `TableRow`s. */
  children: ReactNode
}

/** Head sticks to the top of the page; scrolls sideways when its container is narrower than 48 rem. */
export function DataTable({ label, columns, children }: DataTableProps) {
  return (
    <ScrollArea label={label}>
      <table aria-label={label} className="w-full min-w-180 print:min-w-0 border-collapse">
        <thead className="md:sticky md:top-0 md:z-2">
          <tr>
            {columns.map(column => (
              <HeadCell key={column.label} {...column} />
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </ScrollArea>
  )
}

function HeadCell({ label, numeric, hidden, sortHref, sorted }: Column) {
  return (
    <th
      scope="col"
      aria-sort={sorted}
      className={clsx(
        'h-8 bg-sunken shadow-[inset_0_-1px_var(--color-line)] px-4 py-1.5 text-xs font-medium text-ink-muted',
        numeric ? 'text-right' : 'text-left',
      )}
    >
      {hidden ? <VisuallyHidden>{label}</VisuallyHidden> : sortHref ? <Link href={sortHref}>{label}</Link> : label}
      {sorted && <span aria-hidden="true"> {sorted === 'ascending' ? '↑' : '↓'}</span>}
    </th>
  )
}

export function TableRow({ id, children }: { id?: string; children: ReactNode }) {
  return (
    <tr id={id} className="group/row border-b last:border-b-0 hover:bg-hover">
      {children}
    </tr>
  )
}

type RowHeadProps = { href?: string; mono?: boolean; note?: ReactNode; children: ReactNode }

/** First cell of a row: names it, and links to it. */
export function RowHead({ href, mono = false, note, children }: RowHeadProps) {
  return (
    <th
      scope="row"
      className={clsx('h-10 px-4 py-2 text-left align-middle font-medium', mono && 'mono min-w-52 wrap-anywhere')}
    >
      {href ? <Link href={href}>{children}</Link> : children}
      {note && <div className="font-sans text-xs font-normal tracking-normal text-ink-muted">{note}</div>}
    </th>
  )
}

type CellProps = { numeric?: boolean; mono?: boolean; muted?: boolean; nowrap?: boolean; children?: ReactNode }

export function Cell({ numeric = false, mono = false, muted = false, nowrap = false, children }: CellProps) {
  return (
    <td
      className={clsx(
        'h-10 px-4 py-2 align-middle',
        numeric && 'text-right',
        mono && 'mono wrap-anywhere @max-3xl:min-w-36',
        !(numeric || nowrap || mono) && '@max-3xl:min-w-36',
        muted && 'text-ink-muted',
        nowrap && 'whitespace-nowrap',
      )}
    >
      {children}
    </td>
  )
}

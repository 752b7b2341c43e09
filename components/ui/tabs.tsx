import clsx from 'clsx'
import Link from 'next/link'

export type Tab = { href: string; label: string; count?: number }

/** Tabs are addresses: each is a link, `current` is the `href` of the one shown. */
export function Tabs({ label, tabs, current }: { label: string; tabs: readonly Tab[]; current: string }) {
  return (
    <nav aria-label={label} className="mb-4 overflow-x-auto border-b print:hidden">
      <ul className="flex gap-1">
        {tabs.map(tab => (
          <li key={tab.href}>
            <Link
              href={tab.href}
              aria-current={tab.href === current ? 'page' : undefined}
              className={clsx(
                'flex min-h-9 items-center gap-1.5 border-b-2 px-2.5 whitespace-nowrap -outline-offset-2 hover:no-underline',
                tab.href === current
                  ? 'border-accent font-semibold text-ink'
                  : 'border-transparent text-ink-muted hover:text-ink',
              )}
            >
              {tab.label}
              {tab.count !== undefined && <span className="text-xs font-normal text-ink-faint">{tab.count}</span>}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}

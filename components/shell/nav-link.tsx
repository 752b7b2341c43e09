'use client'

import clsx from 'clsx'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import type { ReactNode } from 'react'

type NavLinkProps = {
  href: string
  /** Current only on exactly this address, not below it. */
  exact?: boolean
  /** Things waiting; shown only above zero. */
  count?: number
  /** What the count counts, for screen readers: "waiting for you". */
  counts?: string
  children: ReactNode
}

export function NavLink({ href, exact = false, count = 0, counts = 'waiting', children }: NavLinkProps) {
  const path = usePathname()
  const current = path === href || (!exact && path.startsWith(`${href}/`))
  return (
    <Link
      href={href}
      aria-current={current ? 'page' : undefined}
      className={clsx(
        'flex min-h-8 items-center gap-2.5 rounded-md px-2 py-1.5 hover:no-underline',
        current ? 'bg-sunken font-semibold text-ink' : 'hover:bg-sunken hover:text-ink',
      )}
    >
      {children}
      {count > 0 && (
        <span className="ml-auto text-xs font-semibold text-attention">
          {count}
          <span className="sr-only"> {counts}</span>
        </span>
      )}
    </Link>
  )
}

'use client'

import clsx from 'clsx'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import type { ReactNode } from 'react'

type NavLinkProps = {
  href: string
  /** Current only on exactly this address, not below it. */
  exact?: boolean
  children: ReactNode
}

export function NavLink({ href, exact = false, children }: NavLinkProps) {
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
    </Link>
  )
}

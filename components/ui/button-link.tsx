import Link from 'next/link'
import type { ReactNode } from 'react'
import { type ButtonSize, type ButtonVariant, buttonStyle } from './button-style'

type ButtonLinkProps = {
  href: string
  variant?: ButtonVariant
  size?: ButtonSize
  /** Leaves the portal or downloads a file: an ordinary link, no client navigation. */
  plainAnchor?: boolean
  children: ReactNode
}

export function ButtonLink({ href, variant, size, plainAnchor = false, children }: ButtonLinkProps) {
  const className = buttonStyle(variant, size)
  if (plainAnchor)
    return (
      <a href={href} className={className}>
        {children}
      </a>
    )
  return (
    <Link href={href} className={className}>
      {children}
    </Link>
  )
}

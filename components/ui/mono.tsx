import type { ReactNode } from 'react'

/** Ids, versions, hashes, item names as Fabric spells them. */
export function Mono({ children, faint = false }: { children: ReactNode; faint?: boolean }) {
  return <span className={faint ? 'mono wrap-anywhere text-ink-muted' : 'mono wrap-anywhere'}>{children}</span>
}

/** A digest as `sha256 4f9c…a17e`, the whole of it in the title and for screen readers' spelling. */
export function Digest({ value, length = 4 }: { value: string; length?: number }) {
  const hash = value.replace(/^sha256[:-]/, '')
  return (
    <span className="mono whitespace-nowrap text-ink-muted" title={value}>
      sha256 {hash.slice(0, length)}…{hash.slice(-length)}
    </span>
  )
}

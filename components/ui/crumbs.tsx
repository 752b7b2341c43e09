import Link from 'next/link'

export type Crumb = { label: string; href?: string }

/** The last crumb is the page itself and carries no `href`. */
export function Crumbs({ trail }: { trail: readonly Crumb[] }) {
  return (
    <nav aria-label="Breadcrumb" className="mb-2 text-xs text-ink-faint print:hidden">
      <ol className="flex flex-wrap items-center gap-x-1.5">
        {trail.map(({ label, href }, index) => (
          <li key={`${href ?? ''}${label}`} className="flex items-center gap-x-1.5">
            {index > 0 && <span aria-hidden="true">/</span>}
            {href ? (
              <Link href={href} className="-my-1 py-1">
                {label}
              </Link>
            ) : (
              <span aria-current="page">{label}</span>
            )}
          </li>
        ))}
      </ol>
    </nav>
  )
}

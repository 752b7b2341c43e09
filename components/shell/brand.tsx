import Link from 'next/link'

export function BrandMark({ className = 'size-5' }: { className?: string }) {
  return (
    <svg
      viewBox="0 0 20 20"
      className={`shrink-0 text-accent ${className}`}
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d="M3 17V7l3-3h8l3 3v10" />
      <path d="M7 17v-6a3 3 0 0 1 6 0v6" />
    </svg>
  )
}

export function Brand() {
  return (
    <Link
      href="/"
      className="flex min-h-8 items-center gap-2 px-2 font-semibold tracking-tight text-ink hover:no-underline"
    >
      <BrandMark />
      Gatehouse
    </Link>
  )
}

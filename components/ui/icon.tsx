import type { ReactNode } from 'react'

const drawings = {
  check: <path d="M3.2 8.6l3 3 6.6-7" />,
  dashed: <circle cx="8" cy="8" r="5.4" strokeDasharray="3 2.4" />,
  circle: <circle cx="8" cy="8" r="5.4" />,
  dot: <circle cx="8" cy="8" r="3.2" fill="currentColor" />,
  plus: <path d="M8 3.4v9.2M3.4 8h9.2" />,
  minus: <path d="M3.6 8h8.8" />,
  cross: <path d="M4 4l8 8M12 4l-8 8" />,
  warning: (
    <>
      <path d="M8 2.4l6 10.6H2z" />
      <path d="M8 6.6v2.8M8 11.3v.1" />
    </>
  ),
  question: (
    <>
      <circle cx="8" cy="8" r="5.6" />
      <path d="M6.5 6.5a1.6 1.6 0 1 1 2.3 1.5c-.5.3-.8.6-.8 1.1M8 11v.1" />
    </>
  ),
  info: (
    <>
      <circle cx="8" cy="8" r="5.6" />
      <path d="M8 7.4v3.4M8 5.2v.1" />
    </>
  ),
  barred: (
    <>
      <circle cx="8" cy="8" r="5.4" />
      <path d="M4.3 11.7l7.4-7.4" />
    </>
  ),
  arc: <path d="M8 2.6a5.4 5.4 0 1 1-5.1 3.7" />,
  pause: <path d="M6 4v8M10 4v8" />,
  behind: (
    <>
      <circle cx="8" cy="8" r="5.6" />
      <path d="M8 4.8V8l2.2 1.4" />
    </>
  ),
  back: <path d="M6.2 3.6L3 6.8 6.2 10M3.2 6.8h6.2a3.2 3.2 0 0 1 0 6.4H7" />,
  half: (
    <>
      <circle cx="8" cy="8" r="5.4" />
      <path d="M8 2.6a5.4 5.4 0 0 0 0 10.8z" fill="currentColor" stroke="none" />
    </>
  ),
  lock: (
    <>
      <rect x="3.4" y="7.2" width="9.2" height="6" rx="1.2" />
      <path d="M5.3 7V5.2a2.7 2.7 0 0 1 5.4 0V7" />
    </>
  ),
  unlock: (
    <>
      <rect x="3.4" y="7.2" width="9.2" height="6" rx="1.2" />
      <path d="M5.3 7V5.2a2.7 2.7 0 0 1 5.2-1" />
    </>
  ),
  calendar: (
    <>
      <rect x="2.6" y="3.6" width="10.8" height="9.8" rx="1.4" />
      <path d="M2.6 6.8h10.8M5.4 2.2v2.4M10.6 2.2v2.4" />
    </>
  ),
  inbox: <path d="M2.6 9l1.7-5.4h7.4L13.4 9v3.6a.8.8 0 0 1-.8.8H3.4a.8.8 0 0 1-.8-.8zM2.6 9h3l1 1.6h2.8l1-1.6h3" />,
  path: (
    <>
      <circle cx="3.6" cy="8" r="1.6" />
      <circle cx="12.4" cy="8" r="1.6" />
      <path d="M5.2 8h5.6" />
    </>
  ),
  ticket: (
    <path d="M2.4 5a1 1 0 0 1 1-1h9.2a1 1 0 0 1 1 1v1.6a1.4 1.4 0 0 0 0 2.8V11a1 1 0 0 1-1 1H3.4a1 1 0 0 1-1-1V9.400a1.4 1.4 0 0 0 0-2.8zM9.6 4.200v7.6" />
  ),
  vote: (
    <path d="M2.6 8.400h10.800v4.200a.8.8 0 0 1-.8.8H3.400a.8.8 0 0 1-.8-.8zM5 8.200V2.800h6v5.400M6.6 5.400l1 1 1.8-2" />
  ),
  audit: <path d="M4 2.600h5.600L12.4 5.400v8H4zM9.4 2.800v2.800h2.800M6 8.200h4.400M6 10.600h3" />,
  settings: (
    <path d="M2.6 4.800h6M11.4 4.800h2M2.6 11.200h2M7.4 11.200h6M8.6 4.800a1.4 1.4 0 1 0 2.8 0 1.4 1.4 0 0 0-2.8 0zM4.6 11.200a1.4 1.4 0 1 0 2.8 0 1.4 1.4 0 0 0-2.8 0z" />
  ),
  menu: <path d="M2.6 4.400h10.800M2.6 8h10.800M2.6 11.600h10.8" />,
  more: <path d="M3.6 8v.1M8 8v.1M12.4 8v.1" strokeWidth="2.4" />,
  chevron: <path d="M6 3.600L10.4 8 6 12.4" />,
  arrow: <path d="M2.8 8h10M9.2 4.400L12.8 8l-3.6 3.6" />,
  external: <path d="M6.4 3.600H3.400v9h9v-3M8.8 3h4.200v4.200M12.8 3.200L7.4 8.6" />,
  sun: (
    <>
      <circle cx="8" cy="8" r="2.6" />
      <path d="M8 1.800v1.400M8 12.800v1.400M1.8 8h1.400M12.8 8h1.400M3.6 3.600l1 1M11.4 11.400l1 1M12.4 3.600l-1 1M4.6 11.400l-1 1" />
    </>
  ),
  moon: <path d="M12.8 9.600A5.4 5.4 0 0 1 6.4 3.200a5.4 5.4 0 1 0 6.4 6.400z" />,
  screen: (
    <>
      <rect x="2.4" y="3.2" width="11.2" height="7.6" rx="1" />
      <path d="M6 13.400h4M8 11v2.2" />
    </>
  ),
} as const satisfies Record<string, ReactNode>

export type IconName = keyof typeof drawings

/** Decoration only: the word beside it carries the meaning. Sized by `className` (default 16 px). */
export function Icon({ name, className = 'size-4' }: { name: IconName; className?: string }) {
  return (
    <svg
      viewBox="0 0 16 16"
      className={`shrink-0 ${className}`}
      fill="none"
      stroke="currentColor"
      strokeWidth="1.7"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      {drawings[name]}
    </svg>
  )
}

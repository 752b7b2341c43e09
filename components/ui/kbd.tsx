import type { ReactNode } from 'react'

export function Kbd({ children }: { children: ReactNode }) {
  return <kbd className="rounded-sm border px-1 font-sans text-xs text-ink-faint">{children}</kbd>
}

import type { ReactNode } from 'react'
import { Brand } from './brand'

/** A page outside the shell: sign-in, errors, a missing address. */
export function PlainPage({ children }: { children: ReactNode }) {
  return (
    <main className="mx-auto max-w-155 px-4 py-10 md:py-20">
      <div className="mb-4 px-2">
        <Brand />
      </div>
      {children}
    </main>
  )
}

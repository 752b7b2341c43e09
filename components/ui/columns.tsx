import type { ReactNode } from 'react'

/** The body of an object page: what it is about, and a rail of facts (under it when narrow). */
export function Columns({ children, rail }: { children: ReactNode; rail: ReactNode }) {
  return (
    <div className="grid items-start gap-6 md:grid-cols-[minmax(0,1fr)_18.5rem]">
      <div className="min-w-0">{children}</div>
      <aside aria-label="Facts" className="min-w-0 space-y-5">
        {rail}
      </aside>
    </div>
  )
}

export function RailSection({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h2 className="mb-2 text-lg font-semibold">{title}</h2>
      {children}
    </section>
  )
}

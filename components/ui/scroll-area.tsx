'use client'

import clsx from 'clsx'
import { type ReactNode, useEffect, useRef, useState } from 'react'

/** A sideways scroller that joins the tab order only while it overflows. */
export function ScrollArea({ label, children }: { label: string; children: ReactNode }) {
  const area = useRef<HTMLElement>(null)
  const [overflows, setOverflows] = useState(false)

  useEffect(() => {
    const element = area.current
    if (!element) return
    const observer = new ResizeObserver(() => setOverflows(element.scrollWidth > element.clientWidth + 1))
    observer.observe(element)
    return () => observer.disconnect()
  }, [])

  const reachable = overflows ? { tabIndex: 0, role: 'region', 'aria-label': `${label}, scrolls sideways` } : {}
  return (
    <div className="@container">
      <section
        ref={area}
        {...reachable}
        className={clsx(
          'relative overflow-x-auto -outline-offset-2 print:overflow-visible',
          !overflows && '@min-3xl:overflow-x-visible',
        )}
      >
        {children}
      </section>
    </div>
  )
}

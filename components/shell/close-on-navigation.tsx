'use client'

import { usePathname } from 'next/navigation'
import { useEffect } from 'react'

/** Shuts the menu of narrow screens after a link in it has been followed. */
export function CloseOnNavigation({ popover }: { popover: string }) {
  const path = usePathname()
  useEffect(() => {
    const element = path ? document.getElementById(popover) : null
    if (element?.matches(':popover-open')) element.hidePopover()
  }, [path, popover])
  return null
}

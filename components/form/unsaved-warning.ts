'use client'

import { useCallback, useEffect, useState } from 'react'

/** Asks the browser to warn before it leaves, from the first change until the form is settled. */
export function useUnsavedWarning(enabled: boolean) {
  const [dirty, setDirty] = useState(false)

  useEffect(() => {
    if (!enabled || !dirty) return
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', warn)
    return () => window.removeEventListener('beforeunload', warn)
  }, [enabled, dirty])

  return { touched: useCallback(() => setDirty(true), []), settled: useCallback(() => setDirty(false), []) }
}

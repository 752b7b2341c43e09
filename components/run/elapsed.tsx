'use client'

import { useEffect, useState } from 'react'
import { durationWords } from '@/components/ui/time-words'

/** How long a run takes or took. The clock of the browser starts when the page is there, so that server and browser agree. */
export function Elapsed({ since, until }: { since: string; until: string | null }) {
  const [now, setNow] = useState<number | null>(null)

  useEffect(() => {
    if (until) return
    const tick = () => setNow(Date.now())
    tick()
    const timer = setInterval(tick, 1_000)
    return () => clearInterval(timer)
  }, [until])

  const end = until ? Date.parse(until) : now
  return <span>{end === null ? '…' : durationWords(Math.max(0, end - Date.parse(since)))}</span>
}

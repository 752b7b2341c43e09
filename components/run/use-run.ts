'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { isStill, lastSequence, type RunState, withNews } from '@/lib/promotion/progress'

const addressOf = (id: string, after: number) => `/api/promotions/${id}/progress?after=${after}`
const refetchMs = 2_000

/** A run as it moves: the stream feeds the cache; while the stream is down the cache asks every two seconds. */
export function useRun(id: string, initial: RunState): { state: RunState; isLive: boolean } {
  const client = useQueryClient()
  const [isLive, setLive] = useState(false)
  const key = ['run', id] as const
  const { data: state } = useQuery({
    queryKey: key,
    initialData: initial,
    staleTime: Number.POSITIVE_INFINITY,
    refetchInterval: query => (isLive || isStill(query.state.data?.phase ?? '') ? false : refetchMs),
    queryFn: async ({ signal }): Promise<RunState> => {
      const known = client.getQueryData<RunState>(key) ?? initial
      const headers = { accept: 'application/json' }
      const response = await fetch(addressOf(id, lastSequence(known)), { headers, signal })
      if (!response.ok) throw new Error(`the portal answered ${response.status}`)
      return withNews(client.getQueryData<RunState>(key) ?? known, await response.json())
    },
  })
  const still = isStill(state.phase)

  useEffect(() => {
    if (still) return
    const known = client.getQueryData<RunState>(['run', id])
    const stream = new EventSource(addressOf(id, known ? lastSequence(known) : 0))
    stream.addEventListener('open', () => setLive(true))
    stream.addEventListener('error', () => setLive(false))
    stream.addEventListener('progress', event => {
      const news: RunState = JSON.parse(event.data)
      client.setQueryData<RunState>(['run', id], before => (before ? withNews(before, news) : news))
    })
    return () => stream.close()
  }, [client, id, still])

  return { state, isLive }
}

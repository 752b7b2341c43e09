import type { z } from 'zod'
import type { Db } from '@/lib/db/client'
import { json, problem } from '@/lib/http/problem'
import { refuse } from '@/lib/kernel/result'
import { listReleases, type ReleaseKey } from '@/lib/release/queries'
import { operation } from '../caller'
import { type ReleasesAnswer, ReleasesQuery } from '../schemas'

/** The releases of the token's project, newest first, paged by key. */
export const getReleases = (db: () => Db) =>
  operation(db, { scope: 'read', toDo: 'read releases' }, async (caller, request) => {
    const query = ReleasesQuery.safeParse(Object.fromEntries(new URL(request.url).searchParams))
    const after = query.success && query.data.after !== undefined ? keyOf(query.data.after) : undefined
    if (!query.success || after === null)
      return problem(
        refuse('invalid', 'Ask with `limit` from 1 to 100, and `after` as the last answer gave it.').refusal,
      )
    const { releases, next } = await listReleases(caller, { limit: query.data.limit, after: after ?? null })
    const answer: z.input<typeof ReleasesAnswer> = {
      releases: releases.map(release => ({
        ...release,
        deployedTo: [...release.deployedTo],
        createdAt: release.createdAt.toISOString(),
      })),
      next: next && `${next.createdAt.toISOString()}_${next.id}`,
    }
    return json(answer)
  })

function keyOf(text: string): ReleaseKey | null {
  const [, instant = '', id = ''] = /^(\d{4}-\d\d-\d\dT[\d:.]+Z)_([0-9a-f-]{36})$/.exec(text) ?? []
  const createdAt = new Date(instant)
  return Number.isNaN(createdAt.getTime()) || !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)
    ? null
    : { createdAt, id }
}

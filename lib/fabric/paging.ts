import { z } from 'zod'
import type { Fabric } from './fabric'
import type { Request } from './http'
import { parseBody } from './parse'

type Listing = { readonly path: string; readonly query?: Request['query']; readonly key?: 'value' | 'data' }

/** Reads a list to its end. The continuation address is never followed, only its token. */
export async function listAll<T>(fabric: Fabric, item: z.ZodType<T>, listing: Listing): Promise<T[]> {
  return listUntil(fabric, item, listing, () => false)
}

/** Reads page by page until `isEnough` says so of a page. */
export async function listUntil<T>(
  fabric: Fabric,
  item: z.ZodType<T>,
  { path, query, key = 'value' }: Listing,
  isEnough: (page: readonly T[]) => boolean,
): Promise<T[]> {
  const schema = z.object({ [key]: z.array(item), continuationToken: z.string().nullish() })
  const all: T[] = []
  let continuationToken: string | undefined
  for (;;) {
    const request: Request = { method: 'GET', path, query: { ...query, continuationToken } }
    const body = parseBody(schema, (await fabric.send(request)).body, request) as Record<string, unknown>
    const page = body[key] as T[]
    all.push(...page)
    if (typeof body.continuationToken !== 'string' || body.continuationToken === '' || isEnough(page)) return all
    continuationToken = body.continuationToken
  }
}

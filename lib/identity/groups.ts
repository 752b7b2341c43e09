import { z } from 'zod'
import { env } from '@/lib/env/env'
import { openTokens, type TokenSource } from '@/lib/fabric/auth'
import { fabricSettings } from '@/lib/fabric/fabric'

const pageSchema = z.object({
  value: z.array(z.object({ id: z.string(), '@odata.type': z.string().optional() })),
  '@odata.nextLink': z.string().optional(),
})

const scope = 'https://graph.microsoft.com/.default'
const timeoutMs = 8_000
const mostPages = 50

let held: TokenSource | undefined

function tokens(): TokenSource {
  held ??= openTokens(fabricSettings(env()).identity)
  return held
}

/**
 * Every group that a person is in, through other groups too, asked of Graph by the service identity.
 * Null when Graph does not answer: their groups are unknown then, which is not the same as none.
 */
export async function groupsOf(objectId: string): Promise<readonly string[] | null> {
  const base = env().GRAPH_API_URL.replace(/\/$/, '')
  try {
    return await readPages(`${base}/users/${encodeURIComponent(objectId)}/transitiveMemberOf?$select=id&$top=999`, base)
  } catch (cause) {
    console.error('Graph did not tell the groups of a person', cause)
    return null
  }
}

async function readPages(first: string, base: string): Promise<readonly string[]> {
  const ids: string[] = []
  let address: string | undefined = first
  for (let page = 0; address !== undefined; page += 1) {
    if (page === mostPages) throw new Error(`more than ${mostPages} pages of groups`)
    if (!address.startsWith(`${base}/`)) throw new Error(`the next page of groups lies elsewhere: ${address}`)
    const read: z.output<typeof pageSchema> = pageSchema.parse(await ask(address))
    ids.push(...read.value.filter(isGroup).map(entry => entry.id))
    address = read['@odata.nextLink']
  }
  return ids
}

const isGroup = (entry: { '@odata.type'?: string }) =>
  entry['@odata.type'] === undefined || entry['@odata.type'] === '#microsoft.graph.group'

async function ask(address: string): Promise<unknown> {
  const send = (token: string) =>
    fetch(address, { headers: { authorization: `Bearer ${token}` }, signal: AbortSignal.timeout(timeoutMs) })
  const answer = await send(await tokens()(scope))
  const settled = answer.status === 401 ? await send(await tokens()(scope, true)) : answer
  if (!settled.ok) throw new Error(`Graph answered ${settled.status} to ${new URL(address).pathname}`)
  return settled.json()
}

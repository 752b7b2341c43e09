import { isHop } from '@/lib/environment/hop'
import type { TicketKey, TicketsAsked } from '@/lib/ticket/queries'

export type Search = Readonly<Record<string, string | string[] | undefined>>
export type Asked = TicketsAsked & { readonly chosen: { project?: string; status?: string; hop?: string } }

const statuses = ['open', 'closed', 'cancelled'] as const
export const pageSize = 50

/** The list that an address asks for; what it does not understand counts as not asked. */
export function readSearch(search: Search): Asked {
  const text = (name: string) => (typeof search[name] === 'string' && search[name] !== '' ? search[name] : undefined)
  const project = text('project')
  const status = statuses.find(one => one === text('status'))
  const hop = isHop(text('hop') ?? '') ? text('hop') : undefined
  const chosen = { ...(project && { project }), ...(status && { status }), ...(hop && { hop }) }
  const known = hop !== undefined && isHop(hop) ? hop : undefined
  const place = { before: readKey(text('before')), after: readKey(text('after')) }
  return { project, status, hop: known, ...place, limit: pageSize, chosen }
}

/** The same list from another place on. */
export function addressOf({ chosen }: Asked, place: { before: TicketKey } | { after: TicketKey }): string {
  const [[name, key]] = Object.entries(place) as [[string, TicketKey]]
  return `/tickets?${new URLSearchParams({ ...chosen, [name]: `${key.createdAt.toISOString()}_${key.id}` })}`
}

function readKey(text: string | undefined): TicketKey | null {
  const match = /^(\d{4}-[\d:.TZ-]{6,21})_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(text ?? '')
  const createdAt = new Date(match?.[1] ?? '')
  return match?.[2] && !Number.isNaN(createdAt.getTime()) ? { createdAt, id: match[2] } : null
}

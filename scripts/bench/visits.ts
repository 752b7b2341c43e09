import { randomBytes } from 'node:crypto'
import { sessionCookie, sessionEnd, sessionKey } from '@/lib/access/session-token'
import type { Db, Prisma } from '@/lib/db/client'
import { ticketNumber } from '@/lib/kernel/ticket-number'
import type { Person } from '../test/factories'
import { read, rowsIn, type Target } from './measure'

/** The cookie of a new session of that person. */
export async function signIn(db: Db, person: Person, baseUrl: string): Promise<string> {
  const token = randomBytes(32).toString('hex')
  const now = new Date()
  await db.session.create({
    data: { sessionToken: sessionKey(token), userId: person.id, startedAt: now, expires: sessionEnd(now, now) },
  })
  return `${sessionCookie(baseUrl)}=${token}`
}

export const listName = 'Tickets, first page'

/** The pages that are measured, by their addresses now. There is no calendar yet: the project path is the page most like it. */
export async function pagesOf(
  db: Db,
  { url, cookie, project }: { url: string; cookie: string; project: { id: string; slug: string } },
): Promise<readonly Target[]> {
  const projectId = project.id
  const count = await db.ticket.count({ where: { projectId } })
  const orderBy: Prisma.TicketOrderByWithRelationInput[] = [{ createdAt: 'desc' }, { id: 'desc' }]
  const deep = await db.ticket.findFirstOrThrow({ where: { projectId }, orderBy, skip: Math.floor(count * 0.9) })
  const ran = await db.ticket.findFirstOrThrow({
    where: { projectId, promotions: { some: { progress: { some: {} } } } },
    orderBy,
  })
  const ticket = ticketNumber(ran.number)
  const key = `${deep.createdAt.toISOString()}_${deep.id}`
  const page = (name: string, path: string, shows: string): Target => visit(name, `${url}${path}`, cookie, shows)
  return [
    page(listName, '/tickets', 'CHG-'),
    page('Tickets, after nine tenths of them', `/tickets?before=${key}`, 'CHG-'),
    page('Tickets of one hop, closed', '/tickets?status=closed&hop=uat-prod', 'CHG-'),
    page('A ticket that has run', `/tickets/${ticket}`, ticket),
    page('Project path (for the calendar-to-be)', `/projects/${project.slug}`, project.slug),
    page('Needs you', '/', 'Needs you'),
    page('Approvals', '/approvals', 'Approvals'),
    page('Audit', '/audit', 'Audit'),
    visit('Health', `${url}/api/health`, '', '"ok"'),
  ]
}

/** A page that is asked for by its whole address; throws when it does not show what it should. */
function visit(name: string, address: string, cookie: string, shows: string): Target {
  const ask = async () => {
    const html = await read(address, cookie)
    if (!html.includes(shows)) throw new Error(`${address} does not show “${shows}”: ${html.slice(0, 200)}`)
    return html
  }
  return { name, once: async () => void (await ask()), rows: async () => rowsIn(await ask()) }
}

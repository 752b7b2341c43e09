import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Context } from '@/lib/db/context'
import { nobody } from '@/lib/kernel/context'
import { promote } from '@/lib/promotion/commands/promote'
import type { RunState } from '@/lib/promotion/progress'
import { pollMs } from '@/lib/promotion/tail-progress'
import { cloneDatabase, type TestDatabase } from '@/scripts/test/clone-database'
import { makePerson } from '@/scripts/test/factories'
import { givenTicket, meetAll } from '@/scripts/test/ticket-factory'
import { getProgress } from './handler'

let database: TestDatabase
beforeAll(async () => {
  database = await cloneDatabase()
})
afterAll(async () => {
  await database?.drop()
})

async function givenRun() {
  const given = await givenTicket(database.db, 'test-uat')
  await meetAll(database.db, given.ticket.id, given.people)
  const started = await promote({ actor: given.people.qa, db: database.db }, { ticketId: given.ticket.id })
  if (!started.ok) throw new Error(started.refusal.message)
  return { ...given, id: started.value.promotionId }
}

async function say(promotionId: string, item: string, status = 'running') {
  const row = { promotionId, step: 'write', item, status, message: '', at: new Date() }
  return Number((await database.db.promotionProgress.create({ data: row })).sequence)
}

type Asking = { readonly after?: number; readonly headers?: Record<string, string>; readonly signal?: AbortSignal }

function ask(actor: Context['actor'], id: string, { after, headers, signal }: Asking = {}) {
  const context = async () => ({ actor, db: database.db })
  const url = `http://portal.example/api/promotions/${id}/progress${after === undefined ? '' : `?after=${after}`}`
  const request = new Request(url, { headers: { accept: 'text/event-stream', ...headers }, signal })
  return getProgress({ context, databaseUrl: () => database.portalUrl })(request, { params: Promise.resolve({ id }) })
}

type Told = { readonly id: string; readonly state: RunState }

async function* eventsOf(response: Response): AsyncGenerator<Told> {
  let text = ''
  for await (const chunk of response.body ?? []) {
    text += Buffer.from(chunk).toString()
    const blocks = text.split('\n\n')
    text = blocks.pop() ?? ''
    for (const block of blocks) {
      const [id, data] = [/^id: (.*)$/m.exec(block)?.[1], /^data: (.*)$/m.exec(block)?.[1]]
      if (id && data) yield { id, state: JSON.parse(data) }
    }
  }
}

async function next(events: AsyncGenerator<Told>): Promise<Told> {
  const { value, done } = await events.next()
  if (done) throw new Error('the stream ended')
  return value
}

const items = ({ state }: Told) => state.rows.map(row => row.item)

describe('before the stream opens', () => {
  test('nobody is told to sign in', async () => {
    const { id } = await givenRun()
    expect((await ask(nobody, id)).status).toBe(401)
  })

  test('a promotion of another project, an unknown one and a malformed id do not exist', async () => {
    const { id, people } = await givenRun()
    const other = await givenRun()
    const stranger = await makePerson(database.db)
    for (const [actor, asked] of [
      [stranger, id],
      [other.people.qa, id],
      [people.qa, '0195f0a0-0000-7000-8000-000000000000'],
      [people.qa, "x' OR 1=1"],
    ] as const) {
      const response = await ask(actor, asked)
      expect(response.status).toBe(404)
      expect(response.headers.get('content-type')).toBe('application/problem+json')
    }
  })
})

describe('the stream', () => {
  test('is one that no proxy holds back', async () => {
    const { id, people } = await givenRun()
    const closing = new AbortController()
    const { status, headers } = await ask(people.business, id, { signal: closing.signal })
    closing.abort()
    expect(status).toBe(200)
    expect(headers.get('content-type')).toContain('text/event-stream')
    expect(headers.get('cache-control')).toBe('no-cache, no-transform')
    expect(headers.get('x-accel-buffering')).toBe('no')
  })

  test('gives what there is, then what comes, and ends with the run', async () => {
    const { id, people } = await givenRun()
    await say(id, 'Notebook a')
    const events = eventsOf(await ask(people.qa, id))
    expect(items(await next(events))).toEqual(['Notebook a'])
    const last = await say(id, 'Notebook b')
    const told = await next(events)
    expect(items(told)).toEqual(['Notebook b'])
    expect(told.id).toBe(String(last))
    const end = say(id, 'Notebook b', 'done').then(() =>
      database.db.promotion.update({ where: { id }, data: { phase: 'succeeded', endedAt: new Date() } }),
    )
    const rest: Told[] = []
    for await (const event of events) rest.push(event)
    await end
    expect(rest.flatMap(items)).toEqual(['Notebook b'])
    expect(rest.at(-1)?.state.phase).toBe('succeeded')
  })

  test.each(['?after', 'Last-Event-ID'])('goes on after the sequence of %s', async way => {
    const { id, people } = await givenRun()
    const first = await say(id, 'Notebook a')
    await say(id, 'Notebook b')
    const asking = way === '?after' ? { after: first } : { headers: { 'last-event-id': String(first) } }
    const closing = new AbortController()
    const told = await next(eventsOf(await ask(people.qa, id, { ...asking, signal: closing.signal })))
    closing.abort()
    expect(items(told)).toEqual(['Notebook b'])
  })

  test('tells five rows, each after the last was heard, in less than the four polls that lie between them', async () => {
    const { id, people } = await givenRun()
    const events = eventsOf(await ask(people.qa, id))
    await next(events)
    const began = performance.now()
    for (const item of ['Notebook a', 'Notebook b', 'Notebook c', 'Notebook d', 'Notebook e']) {
      await say(id, item)
      expect(items(await next(events))).toEqual([item])
    }
    expect(performance.now() - began).toBeLessThan(4 * pollMs)
    await events.return(undefined)
  })
})

test('the same as JSON, once', async () => {
  const { id, people } = await givenRun()
  const first = await say(id, 'Notebook a')
  await say(id, 'Notebook b')
  const response = await ask(people.qa, id, { after: first, headers: { accept: 'application/json' } })
  expect(response.headers.get('content-type')).toContain('application/json')
  const state: RunState = await response.json()
  expect(state).toMatchObject({ phase: 'queued', rows: [{ item: 'Notebook b' }] })
})

import { createHmac } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cloneDatabase, type TestDatabase } from '@/scripts/test/clone-database'
import { gitHubWebhook } from './handler'

const secret = 'a-secret-of-these-tests'
let database: TestDatabase
let send: (request: Request) => Promise<Response>

beforeAll(async () => {
  database = await cloneDatabase()
  send = gitHubWebhook({ db: () => database.db, secret: () => secret, deadlineMs: 200 })
})
afterAll(() => database.drop())

const sign = (body: string | Uint8Array, key = secret) =>
  `sha256=${createHmac('sha256', key).update(body).digest('hex')}`

function delivery(body: string, headers: Record<string, string | null> = {}): Request {
  const all = {
    'content-type': 'application/json',
    'x-github-event': 'push',
    'x-github-delivery': 'd-1',
    'x-hub-signature-256': sign(body),
    ...headers,
  }
  const kept = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== null)
  return new Request('http://portal.example/api/webhooks/github', { method: 'POST', headers: kept, body })
}

const stored = (deliveryId: string) =>
  database.db.webhookDelivery.findUnique({ where: { provider_deliveryId: { provider: 'github', deliveryId } } })
const enqueued = (id: string) =>
  database.db.$queryRaw<{ workflow_uuid: string }[]>`SELECT workflow_uuid FROM dbos.workflow_status
    WHERE name = 'handle-webhook' AND workflow_uuid LIKE ${`webhook-${id}%`}`

describe('a signed delivery', () => {
  it('is stored as it came, enqueued and audited, once for each id', async () => {
    const body = ' {"ref":"refs/heads/main","weight":1.0}\n'
    expect((await send(delivery(body, { 'x-github-delivery': 'once' }))).status).toBe(202)
    const again = await send(delivery(body, { 'x-github-delivery': 'once' }))
    expect(again.status).toBe(200)
    expect(await again.json()).toEqual({ status: 'already handled' })

    const row = await stored('once')
    expect(Buffer.from(row?.raw ?? []).toString()).toBe(body)
    expect(row).toMatchObject({ event: 'push', state: 'received' })
    expect(await enqueued(row?.id ?? '')).toHaveLength(1)
    const audited = await database.db.auditEntry.findMany({ where: { action: 'webhook.received' } })
    expect(audited.filter(entry => entry.text.includes('"once"'))).toHaveLength(1)
  })

  it('is stored once when it comes twice at the same time', async () => {
    const both = await Promise.all([1, 2].map(() => send(delivery('{}', { 'x-github-delivery': 'twice' }))))
    expect(both.map(response => response.status).sort()).toEqual([200, 202])
    expect(await enqueued((await stored('twice'))?.id ?? '')).toHaveLength(1)
  })

  it('is worked on again when its work failed, each time that it failed', async () => {
    await send(delivery('{}', { 'x-github-delivery': 'failing' }))
    const id = (await stored('failing'))?.id ?? ''
    for (const attempts of [2, 3]) {
      const data = { state: 'failed', outcome: 'Fabric was down', handledAt: new Date(attempts * 1000) }
      await database.db.webhookDelivery.update({ where: { id }, data })
      expect((await send(delivery('{}', { 'x-github-delivery': 'failing' }))).status).toBe(202)
      expect(await stored('failing')).toMatchObject({ state: 'received', outcome: null })
      expect(await enqueued(id)).toHaveLength(attempts)
    }
  })

  it('of a kind that changes nothing is kept and not worked on', async () => {
    const response = await send(delivery('{}', { 'x-github-delivery': 'queue', 'x-github-event': 'merge_group' }))
    expect(response.status).toBe(202)
    const row = await stored('queue')
    expect(row?.state).toBe('ignored')
    expect(await enqueued(row?.id ?? '')).toHaveLength(0)
  })

  it('that only rings the bell is answered', async () => {
    const response = await send(delivery('{"zen":"x"}', { 'x-github-delivery': 'bell', 'x-github-event': 'ping' }))
    expect(response.status).toBe(200)
    expect(await stored('bell')).toBeNull()
  })
})

describe('a delivery that is not as it should be', () => {
  it.each<[string, string, Record<string, string | null>, number]>([
    ['another secret', '{}', { 'x-hub-signature-256': sign('{}', 'another') }, 401],
    ['one byte more', '{} ', { 'x-hub-signature-256': sign('{}') }, 401],
    ['no signature', '{}', { 'x-hub-signature-256': null }, 401],
    ['a signature of another length', '{}', { 'x-hub-signature-256': 'sha256=00' }, 401],
    ['the old kind of signature', '{}', { 'x-hub-signature-256': null, 'x-hub-signature': 'sha1=00' }, 401],
    ['no id', '{}', { 'x-github-delivery': null }, 400],
    ['no event', '{}', { 'x-github-event': null }, 400],
    ['an id that is none', '{}', { 'x-github-delivery': "1' OR '1" }, 400],
    ['a form instead of JSON', 'payload=%7B%7D', {}, 400],
    ['JSON that is too deep', '['.repeat(100_000), {}, 400],
    ['an announced size over 25 MB', '{}', { 'content-length': String(25 * 1024 * 1024 + 1) }, 413],
  ])('%s is refused, and nothing is stored', async (_, body, headers, status) => {
    const before = await database.db.webhookDelivery.count()
    const response = await send(delivery(body, headers))
    expect(response.status).toBe(status)
    expect(response.headers.get('content-type')).toBe('application/problem+json')
    expect(await database.db.webhookDelivery.count()).toBe(before)
  })

  it('a body that never ends is cut off', async () => {
    const body = new ReadableStream({ start: controller => controller.enqueue(Buffer.from('{')) })
    const init = { method: 'POST', headers: delivery('{}').headers, body, duplex: 'half' }
    expect((await send(new Request('http://portal.example/', init))).status).toBe(408)
  })
})

const inputs = '../shared/cases/inputs/webhooks'

describe.skipIf(!existsSync(inputs))('real deliveries', () => {
  const rows = existsSync(inputs)
    ? readFileSync(`${inputs}/deliveries.tsv`, 'utf8')
        .trim()
        .split('\n')
        .filter(line => !line.startsWith('#') && !line.startsWith('file\t'))
        .map(line => line.split('\t'))
    : []

  it.each(rows)('%s', async (file = '', event = '', id = '', signature = '') => {
    const take = gitHubWebhook({ db: () => database.db, secret: () => 'portal-test-secret-1' })
    const body = readFileSync(`${inputs}/${file}`, 'utf8')
    const headers = { 'x-github-event': event, 'x-github-delivery': id, 'x-hub-signature-256': signature }
    expect((await take(delivery(body, headers))).status).toBe(event === 'ping' ? 200 : 202)
    expect((await take(delivery(`${body} `, headers))).status).toBe(401)
  })

  it('takes a push of 2,048 commits', async () => {
    const push = JSON.parse(readFileSync(`${inputs}/gh_push_main.json`, 'utf8'))
    const commits = Array.from({ length: 2048 }, () => push.commits[0])
    const body = JSON.stringify({ ...push, commits })
    expect(body.length).toBeGreaterThan(1_000_000)
    expect((await send(delivery(body, { 'x-github-delivery': 'large' }))).status).toBe(202)
  })
})

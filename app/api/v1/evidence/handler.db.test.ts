import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { makeToken } from '@/lib/access/commands/make-token'
import { revokeToken } from '@/lib/access/commands/revoke-token'
import { cloneDatabase, type TestDatabase } from '@/scripts/test/clone-database'
import type { Person } from '@/scripts/test/factories'
import { makePerson, makeProject } from '@/scripts/test/factories'
import { getReleases } from '../releases/handler'
import { postEvidence } from './handler'

let database: TestDatabase
let projectId: string
let administrator: Person
let token: string
let tokenId: string

beforeAll(async () => {
  database = await cloneDatabase()
})
afterAll(() => database.drop())
beforeEach(async () => {
  projectId = (await makeProject(database.db)).id
  administrator = await makePerson(database.db, { roles: ['administrator'], projectId })
  ;({ token, tokenId } = await tokenWith({}))
})

async function tokenWith(change: object) {
  const input = { projectId, name: 'Build pipeline', scopes: ['evidence:write'], days: 30, ...change }
  const made = await makeToken({ actor: administrator, db: database.db }, input)
  if (!made.ok) throw new Error(made.refusal.message)
  return made.value
}

const commit = 'a'.repeat(40)
const good = { commit, criterion: 'unit-tests', outcome: 'pass', summary: '212 passed' }

function send(body: unknown, options: { token?: string | null; type?: string } = {}) {
  const bearer = options.token === undefined ? token : options.token
  const headers = {
    'content-type': options.type ?? 'application/json',
    ...(bearer !== null && { authorization: `Bearer ${bearer}` }),
  }
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const request = new Request('http://portal.example/api/v1/evidence', { method: 'POST', headers, body: text })
  return postEvidence(() => database.db)(request)
}

const kept = () => database.db.evidence.findMany({ where: { projectId }, orderBy: { receivedAt: 'asc' } })

describe('POST /api/v1/evidence', () => {
  it('keeps it for a commit that has no release yet, with the name of the token, and audits it', async () => {
    const response = await send({ ...good, link: 'https://ci.example/runs/7' })
    expect(response.status).toBe(201)
    const [row] = await kept()
    expect(await response.json()).toEqual({ id: row?.id })
    expect(row).toMatchObject({ ...good, link: 'https://ci.example/runs/7', source: 'Build pipeline' })
    const audited = await database.db.auditEntry.findMany({ where: { projectId, action: 'evidence.received' } })
    expect(audited.map(entry => entry.actorId)).toEqual([tokenId])
    expect((await database.db.apiToken.findUniqueOrThrow({ where: { id: tokenId } })).lastUsedAt).not.toBeNull()
  })

  it.each<[string, object | string, number]>([
    ['a short commit', { ...good, commit: 'abc' }, 400],
    ['a commit in capitals', { ...good, commit: 'A'.repeat(40) }, 400],
    ['a sign-off', { ...good, criterion: 'qa-sign-off' }, 400],
    ['an approval', { ...good, criterion: 'change-request' }, 400],
    ["the provider's evidence", { ...good, criterion: 'code-review' }, 400],
    ["the portal's own evidence", { ...good, criterion: 'commit-convention' }, 400],
    ['another outcome', { ...good, outcome: 'maybe' }, 400],
    ['no summary', { ...good, summary: '  ' }, 400],
    ['a summary that is too long', { ...good, summary: 'x'.repeat(501) }, 400],
    ['a summary with NUL', { ...good, summary: 'a\u0000b' }, 400],
    ['a summary with half a character', { ...good, summary: '\ud800' }, 400],
    ['an object where text is due', { ...good, summary: { $ne: 1 } }, 400],
    ['a link that runs', { ...good, link: 'javascript:alert(1)' }, 400],
    ['a link that is too long', { ...good, link: `https://ci.example/${'x'.repeat(2000)}` }, 400],
    ['a key of its own', { ...good, projectId: 'x' }, 400],
    ['__proto__', `{"__proto__":{"x":1},${JSON.stringify(good).slice(1)}`, 400],
    ['JSON that is too deep', '['.repeat(60_000), 400],
    ['no JSON', 'commit=1', 400],
    ['more than 64 kB', JSON.stringify({ ...good, summary: 'x'.repeat(70_000) }), 413],
  ])('refuses %s, and keeps nothing', async (_, body, status) => {
    const response = await send(body)
    expect(response.status).toBe(status)
    expect(response.headers.get('content-type')).toBe('application/problem+json')
    expect(await kept()).toEqual([])
  })

  it('refuses a body that is not JSON by its type', async () => {
    expect((await send(good, { type: 'text/plain' })).status).toBe(415)
  })

  it.each<[string, () => Promise<string | null>]>([
    ['no token', async () => null],
    ['an unknown one', async () => `gh_${'x'.repeat(43)}`],
    ['half of one', async () => token.slice(0, 20)],
    [
      'a revoked one',
      async () => {
        await revokeToken({ actor: administrator, db: database.db }, { tokenId })
        return token
      },
    ],
    [
      'an expired one',
      async () => {
        await database.db.apiToken.update({ where: { id: tokenId }, data: { expiresAt: new Date(0) } })
        return token
      },
    ],
  ])('asks for a token when there is %s', async (_, given) => {
    const response = await send(good, { token: await given() })
    expect(response.status).toBe(401)
    expect(response.headers.get('www-authenticate')).toMatch(/^Bearer/)
    expect(await kept()).toEqual([])
  })

  it('refuses and audits a token without the scope', async () => {
    const reading = await tokenWith({ scopes: ['read'] })
    expect((await send(good, { token: reading.token })).status).toBe(403)
    expect(await database.db.auditEntry.count({ where: { projectId, action: 'refused' } })).toBe(1)
  })

  it('refuses and audits a criterion that the token may not report', async () => {
    const lint = await tokenWith({ criteria: ['lint'] })
    expect((await send(good, { token: lint.token })).status).toBe(403)
    expect((await send({ ...good, criterion: 'lint' }, { token: lint.token })).status).toBe(201)
    expect(await database.db.auditEntry.count({ where: { projectId, action: 'refused' } })).toBe(1)
  })
})

describe('tokens', () => {
  it('are stored as a hash, and audited without their text', async () => {
    const row = await database.db.apiToken.findUniqueOrThrow({ where: { id: tokenId } })
    expect(token).toMatch(/^gh_[\w-]{43}$/)
    expect(row.hash).toMatch(/^[0-9a-f]{64}$/)
    const entries = await database.db.auditEntry.findMany({ where: { projectId } })
    expect(entries.map(entry => entry.action)).toContain('token.made')
    expect(JSON.stringify({ row, texts: entries.map(entry => entry.text) })).not.toContain(token)
  })

  it('are made and revoked by an administrator of the project alone', async () => {
    const developer = await makePerson(database.db, { roles: ['developer'], projectId })
    const elsewhere = await makePerson(database.db, {
      roles: ['administrator'],
      projectId: (await makeProject(database.db)).id,
    })
    const input = { projectId, name: 'x', scopes: ['read'], days: 1 }
    const as = (actor: Person) => makeToken({ actor, db: database.db }, input)
    expect(await as(developer)).toMatchObject({ ok: false, refusal: { code: 'not-allowed' } })
    expect(await as(elsewhere)).toMatchObject({ ok: false, refusal: { code: 'not-found' } })
    const revoked = await revokeToken({ actor: developer, db: database.db }, { tokenId })
    expect(revoked).toMatchObject({ ok: false, refusal: { code: 'not-allowed' } })
    expect(await database.db.auditEntry.count({ where: { projectId, action: 'refused' } })).toBeGreaterThanOrEqual(2)
  })

  it.each([
    ['for longer than a year', { days: 400 }],
    ['for no scope', { scopes: [] }],
    ['for a scope that is none', { scopes: ['sign-off'] }],
    ['without a name', { name: ' ' }],
  ])('are not made %s', async (_, change) => {
    const input = { projectId, name: 'x', scopes: ['read'], days: 1, ...change }
    const made = await makeToken({ actor: administrator, db: database.db }, input)
    expect(made).toMatchObject({ ok: false, refusal: { code: 'invalid' } })
  })
})

describe('GET /api/v1/releases', () => {
  const read = (bearer: string, query = '') =>
    getReleases(() => database.db)(
      new Request(`http://portal.example/api/v1/releases${query}`, { headers: { authorization: `Bearer ${bearer}` } }),
    )

  it("pages through the project's releases, newest first, and shows no other's", async () => {
    const numbers = ['2026.11.1', '2026.11.2', '2026.11.3']
    for (const [index, number] of numbers.entries()) await makeReleaseRow(projectId, number, index)
    await makeReleaseRow((await makeProject(database.db)).id, '2026.11.9', 9)
    const { token: reading } = await tokenWith({ scopes: ['read'] })
    const first = await (await read(reading, '?limit=2')).json()
    const second = await (await read(reading, `?limit=2&after=${first.next}`)).json()
    const seen = [...first.releases, ...second.releases].map((release: { number: string }) => release.number)
    expect(seen).toEqual(['2026.11.3', '2026.11.2', '2026.11.1'])
    expect(second.next).toBeNull()
  })

  it.each(['?limit=0', '?limit=1000', '?after=x', '?after=2026-99-99T00:00:00Z_x', '?other=1'])(
    'refuses %s',
    async query => {
      const { token: reading } = await tokenWith({ scopes: ['read'] })
      expect((await read(reading, query)).status).toBe(400)
    },
  )

  it('takes the scope read', async () => expect((await read(token)).status).toBe(403))
})

async function makeReleaseRow(project: string, number: string, minute: number): Promise<void> {
  const id = crypto.randomUUID()
  const digest = `sha256:${id}`
  const at = new Date(Date.UTC(2026, 10, 1, 0, minute))
  await database.db.snapshot.create({
    data: { id, projectId: project, workspaceId: id, purpose: 'release', digest, takenAt: at },
  })
  const texts = { title: 'x', commit: id, branch: 'main', notes: '' }
  await database.db.release.create({
    data: { id, projectId: project, number, digest, snapshotId: id, createdAt: at, ...texts },
  })
}

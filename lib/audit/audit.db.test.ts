import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { nobody, portal } from '@/lib/kernel/context'
import { cloneDatabase, type TestDatabase } from '@/scripts/test/clone-database'
import { makePerson, makeProject } from '@/scripts/test/factories'
import { givenTicket } from '@/scripts/test/ticket-factory'
import { auditHead, auditPageSize, auditRows, listAudit, ticketTimeline } from './queries'
import { record } from './record'
import { verifyChain } from './verify'

let database: TestDatabase
beforeAll(async () => {
  database = await cloneDatabase()
})
afterAll(() => database.drop())

const as = (actor: Parameters<typeof listAudit>[0]['actor']) => ({ actor, db: database.db })
const sentences = async (ctx: ReturnType<typeof as>, filter: Parameters<typeof listAudit>[1] = {}) => {
  const page = await listAudit(ctx, filter)
  return page.ok ? page.value.lines.map(line => line.sentence) : page.refusal.code
}

describe('reading the audit log', () => {
  it('shows the log of the projects that one may audit, and of the portal only to those who may audit all', async () => {
    const { db } = database
    const [one, other] = [await makeProject(db), await makeProject(db)]
    await record(db, portal, { action: 'project.created', projectId: one.id, details: { name: 'One' } })
    await record(db, portal, { action: 'project.created', projectId: other.id, details: { name: 'Other' } })
    await record(db, nobody, { action: 'refused', details: { command: 'sign in' } })
    const auditor = await makePerson(db, { roles: ['auditor'], projectId: one.id })
    const everywhere = await makePerson(db, { roles: ['auditor'] })
    const developer = await makePerson(db, { roles: ['developer'], projectId: one.id })
    expect(await sentences(as(auditor))).toEqual(['The portal created the project One.'])
    expect(await sentences(as(auditor), { projectId: other.id })).toEqual([])
    expect(await sentences(as(everywhere))).toEqual([
      'Somebody not signed in was refused to sign in.',
      'The portal created the project Other.',
      'The portal created the project One.',
    ])
    expect(await sentences(as(developer))).toBe('not-allowed')
    expect(await sentences(as(nobody))).toBe('not-signed-in')
  })

  it('filters by kind and person, and pages by key without a gap', async () => {
    const { db } = database
    const project = await makeProject(db)
    const auditor = await makePerson(db, { roles: ['auditor'], projectId: project.id })
    for (let index = 0; index < auditPageSize + 3; index += 1) {
      const details = { task: `Task ${index}` }
      await record(db, index % 2 === 0 ? portal : auditor, { action: 'task.done', projectId: project.id, details })
    }
    await record(db, auditor, { action: 'ticket.closed', projectId: project.id, details: { number: 'CHG-0009' } })
    const closed = await listAudit(as(auditor), { actions: ['ticket.closed'], actor: auditor.name })
    expect(closed.ok && closed.value.lines).toMatchObject([
      { sentence: `${auditor.name} closed CHG-0009.`, tone: 'success' },
    ])

    const first = await listAudit(as(auditor), {})
    if (!first.ok || first.value.older === null) throw new Error('there is a second page')
    const second = await listAudit(as(auditor), { before: first.value.older })
    if (!second.ok) throw new Error(second.refusal.message)
    expect([first.value.lines.length, second.value.lines.length, second.value.older]).toEqual([auditPageSize, 4, null])
    const all = [...first.value.lines, ...second.value.lines].map(line => line.sequence)
    expect(all).toEqual([...new Set(all)].sort((a, b) => b - a))
  })

  it('tells the story of a ticket to whoever may read its project, and to nobody else', async () => {
    const { ticket, people, project } = await givenTicket(database.db, 'test-uat')
    const stranger = await makePerson(database.db, { roles: ['qa'], projectId: (await makeProject(database.db)).id })
    const lines = await ticketTimeline(as(people.developer), ticket.id)
    expect(lines[0]).toMatchObject({
      sentence: expect.stringMatching(/^The portal opened CHG-\d{4} for release 2026\.11\.\w+ into .*-UAT\.$/),
      project: { name: project.name },
    })
    expect(await ticketTimeline(as(stranger), ticket.id)).toEqual([])
  })
})

describe('the chain in the database', () => {
  const owner = async (sql: string) => {
    const client = new Client({ connectionString: database.ownerUrl })
    await client.connect()
    try {
      await client.query('ALTER TABLE audit_entry DISABLE TRIGGER USER')
      await client.query(sql)
    } finally {
      await client.end()
    }
  }
  const verify = async () => verifyChain(auditRows(as(portal), {}), [await auditHead(database)])

  it('is whole, texts beyond ASCII included, and the portal can change nothing in it', async () => {
    await record(
      database.db,
      { ...portal, name: 'Žofie “Ž” \\ \u{1f6a6}' },
      { action: 'person.signed-out', details: { n: 1.5, a: ['é', null] } },
    )
    expect(await verify()).toMatchObject({ whole: true, entries: expect.any(Number) })
    for (const sql of [
      'UPDATE audit_entry SET actor = $1',
      'DELETE FROM audit_entry WHERE actor = $1',
      'UPDATE audit_head SET hash = $1',
    ])
      await expect(database.db.$executeRawUnsafe(sql, 'x')).rejects.toThrow(/permission denied/)
  })

  it('keeps its rows when the person is removed (CASES H5)', async () => {
    const gone = await makePerson(database.db, { name: 'Gone Tomorrow' })
    await record(database.db, gone, { action: 'person.signed-in' })
    await owner(`DELETE FROM person WHERE id = '${gone.id}'`)
    const everywhere = await makePerson(database.db, { roles: ['auditor'] })
    expect(await sentences(as(everywhere), { actor: 'Gone Tomorrow' })).toEqual(['Gone Tomorrow signed in.'])
  })

  it('shows a changed row, and a cut end by the head (CASES H4)', async () => {
    const { sequence } = await auditHead(database)
    const middle = Math.floor(sequence / 2)
    await owner(
      `UPDATE audit_entry SET text = replace(text, 'The portal', 'Mallory') , actor = 'Mallory' WHERE sequence = ${middle}`,
    )
    expect(await verify()).toMatchObject({ whole: false, sequence: middle })
    await owner(
      `UPDATE audit_entry SET text = replace(text, 'Mallory', 'The portal'), actor = text::json ->> 'actor' WHERE sequence = ${middle}`,
    )
    await owner(`UPDATE audit_entry SET actor = text::json ->> 'actor' WHERE sequence = ${middle}`)
    expect(await verify()).toMatchObject({ whole: true })
    await owner(`DELETE FROM audit_entry WHERE sequence > ${sequence - 2}`)
    expect(await verify()).toMatchObject({ whole: false, sequence: sequence - 1 })
  })
})

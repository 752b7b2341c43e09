import { afterAll, beforeAll, expect, test } from 'vitest'
import { digestOf } from '@/lib/kernel/digest'
import { newId } from '@/lib/kernel/ids'
import { cloneDatabase, type TestDatabase } from '@/scripts/test/clone-database'
import { givenTicket } from '@/scripts/test/ticket-factory'
import { requestDeployment } from './commands/request-deployment'

let database: TestDatabase
beforeAll(async () => {
  database = await cloneDatabase()
})
afterAll(() => database.drop())

/** A release of the same project, made before or after the first one. */
async function another(projectId: string, createdAt: Date): Promise<string> {
  const id = newId()
  const digest = digestOf(id)
  const snapshotId = newId()
  const snapshot = { id: snapshotId, projectId, workspaceId: newId(), purpose: 'release', digest, takenAt: createdAt }
  await database.db.snapshot.create({ data: snapshot })
  const named = { number: id, title: 'Another', commit: digest.slice(7, 47), branch: 'main', notes: '' }
  await database.db.release.create({ data: { id, projectId, digest, snapshotId, createdAt, ...named } })
  return id
}

test.each([
  ['a newer release ends the round of the older one', 60_000, 'cancelled'],
  ['an older release leaves the round of the newer one alone', -60_000, 'open'],
] as const)('%s', async (_name, shiftMs, status) => {
  const { ticket, people, project } = await givenTicket(database.db, 'test-uat')
  const releaseId = await another(project.id, new Date(Date.now() + shiftMs))
  const opened = await requestDeployment({ actor: people.qa, db: database.db }, { releaseId, hop: 'test-uat' })
  expect(opened.ok).toBe(true)
  expect((await database.db.ticket.findUniqueOrThrow({ where: { id: ticket.id } })).status).toBe(status)
  const audited = await database.db.auditEntry.count({ where: { ticketId: ticket.id, action: 'ticket.cancelled' } })
  expect(audited).toBe(status === 'cancelled' ? 1 : 0)
})

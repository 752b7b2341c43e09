import { afterAll, beforeAll, expect, it } from 'vitest'
import { makeToken } from '@/lib/access/commands/make-token'
import { ticketNumber } from '@/lib/kernel/ticket-number'
import { cloneDatabase, type TestDatabase } from '@/scripts/test/clone-database'
import { makePerson } from '@/scripts/test/factories'
import { givenTicket } from '@/scripts/test/ticket-factory'
import { GateAnswer } from '../schemas'
import { getGates } from './handler'

let database: TestDatabase
beforeAll(async () => {
  database = await cloneDatabase()
})
afterAll(() => database.drop())

async function tokenOf(projectId: string, scopes: string[]): Promise<string> {
  const actor = await makePerson(database.db, { roles: ['administrator'], projectId })
  const made = await makeToken({ actor, db: database.db }, { projectId, name: 'Reader', scopes, days: 1 })
  if (!made.ok) throw new Error(made.refusal.message)
  return made.value.token
}

const read = (ticket: string, token: string) =>
  getGates(() => database.db)(
    new Request(`http://portal.example/api/v1/gates?ticket=${ticket}`, {
      headers: { authorization: `Bearer ${token}` },
    }),
  )

it('shows the gate of a ticket of its project, and of no other', async () => {
  const { ticket, project } = await givenTicket(database.db, 'dev-test')
  const other = await givenTicket(database.db, 'dev-test')
  const token = await tokenOf(project.id, ['read'])
  const response = await read(ticketNumber(ticket.number), token)
  expect(response.status).toBe(200)
  const gate = GateAnswer.parse(await response.json())
  expect(gate).toMatchObject({ ticket: ticketNumber(ticket.number), hop: 'dev-test', open: false })
  expect(gate.verdicts.find(verdict => verdict.id === 'unit-tests')).toMatchObject({ met: false, because: 'missing' })

  const bodies = await Promise.all(
    [String(other.ticket.number), '999999', 'x', '1 OR 1=1', '9'.repeat(30)].map(async asked => {
      const refused = await read(encodeURIComponent(asked), token)
      expect(refused.status).toBe(404)
      return refused.text()
    }),
  )
  expect(new Set(bodies).size).toBe(1)
  expect((await read('1', await tokenOf(project.id, ['evidence:write']))).status).toBe(403)
})

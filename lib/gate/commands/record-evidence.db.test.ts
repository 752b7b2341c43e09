import { afterAll, beforeAll, expect, it } from 'vitest'
import { loadFacts } from '@/lib/gate/queries'
import { portal } from '@/lib/kernel/context'
import { cloneDatabase, type TestDatabase } from '@/scripts/test/clone-database'
import { makePerson } from '@/scripts/test/factories'
import { givenTicket } from '@/scripts/test/ticket-factory'
import { recordEvidence } from './record-evidence'

let database: TestDatabase
beforeAll(async () => {
  database = await cloneDatabase()
})
afterAll(() => database.drop())

const looks = (ticketId: string) =>
  database.db.$queryRaw<object[]>`SELECT workflow_uuid FROM dbos.workflow_status
    WHERE name = 'promote-when-open' AND workflow_uuid LIKE ${`promote-${ticketId}-%`}`

async function given(hop: 'dev-test' | 'test-uat') {
  const { ticket, project } = await givenTicket(database.db, hop)
  const { commit } = await database.db.release.findUniqueOrThrow({ where: { id: ticket.releaseId } })
  const report = (criterion: string, outcome: 'pass' | 'fail', ofCommit = commit) =>
    recordEvidence(
      { actor: portal, db: database.db },
      { projectId: project.id, commit: ofCommit, criterion, outcome, summary: `${criterion} ${outcome}` },
    )
  return { ticket, project, report }
}

it('lets the newest count: a later failure shuts the gate again, and each report lets the gate be looked at anew', async () => {
  const { ticket, report } = await given('dev-test')
  for (const [index, outcome] of (['fail', 'pass', 'fail'] as const).entries()) {
    expect(await report('unit-tests', outcome)).toMatchObject({ ok: true })
    const { evidence } = await loadFacts(database.db, ticket.id, new Date())
    expect(evidence['unit-tests']?.outcome).toBe(outcome)
    expect(await looks(ticket.id)).toHaveLength(index + 1)
  }
})

it('does not touch a gate of another commit or another hop', async () => {
  const devTest = await given('dev-test')
  await devTest.report('unit-tests', 'pass', 'f'.repeat(40))
  const testUat = await given('test-uat')
  await testUat.report('integration-tests', 'pass')
  expect(await looks(devTest.ticket.id)).toEqual([])
  expect(await looks(testUat.ticket.id)).toEqual([])
})

it("waits for the hop's lock, so that no promotion is decided on what is just being changed", async () => {
  const { ticket, report } = await given('dev-test')
  let isDone = false
  await database.db.$transaction(async tx => {
    await tx.$queryRaw`SELECT id FROM hop WHERE id = ${ticket.hopId}::uuid FOR UPDATE`
    const waiting = report('lint', 'fail').then(() => {
      isDone = true
    })
    await new Promise(done => setTimeout(done, 300))
    expect(isDone).toBe(false)
    waiting.catch(() => undefined)
  })
  await expect.poll(() => isDone).toBe(true)
})

it('takes none from a person, and none for what no machine reports', async () => {
  const { project, report } = await given('dev-test')
  const actor = await makePerson(database.db, { roles: ['administrator'], projectId: project.id })
  const evidence = {
    projectId: project.id,
    commit: 'a'.repeat(40),
    criterion: 'lint',
    outcome: 'pass',
    summary: 'x',
  } as const
  expect(await recordEvidence({ actor, db: database.db }, evidence)).toMatchObject({ refusal: { code: 'not-allowed' } })
  expect(await report('qa-sign-off', 'pass')).toMatchObject({ refusal: { code: 'invalid' } })
  expect(await report('no-such-criterion', 'pass')).toMatchObject({ refusal: { code: 'invalid' } })
  expect(await database.db.evidence.count({ where: { projectId: project.id } })).toBe(0)
})

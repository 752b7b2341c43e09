import { DBOS } from '@dbos-inc/dbos-sdk'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { makeRecord } from '@/lib/gate/commands/make-record'
import { getGate } from '@/lib/gate/queries'
import { newId } from '@/lib/kernel/ids'
import { type Mailer, openMailer } from '@/lib/mail/mailer'
import { sendAgain } from '@/lib/notification/commands/send-again'
import { listNotifications } from '@/lib/notification/queries'
import type { WorkflowPayloads } from '@/lib/queue/workflows'
import { cloneDatabase, type TestDatabase } from '@/scripts/test/clone-database'
import { makePerson } from '@/scripts/test/factories'
import { givenTicket } from '@/scripts/test/ticket-factory'
import { mountParts } from '../../simulator/git/testing-tenant'
import { createMailPart } from '../../simulator/mail/part'
import { tell } from './notify'

type Payload = WorkflowPayloads['notify']
type Received = { subject: string; recipients: string[]; messageId: string; headers: { name: string }[]; html: string }

let database: TestDatabase
let mail: Awaited<ReturnType<typeof mountParts>>
let send: Mailer
const waits: { ms: readonly number[] } = { ms: [] }

const run = DBOS.registerWorkflow(
  (payload: Payload) =>
    tell({ db: database.db, send: to => send(to), baseUrl: 'https://portal.example', backOffMs: waits.ms }, payload),
  { name: 'notify-in-test' },
)
const notify = async (payload: Payload) => (await DBOS.startWorkflow(run)(payload)).getResult()

const asked = async () => (await fetch(`${mail.baseUrl}/_sim/mail.json`)).json()
const received = async (): Promise<Received[]> => (await asked()).messages
const refuse = (isRefusing: boolean) =>
  fetch(`${mail.baseUrl}/_sim/mail/fault`, { method: 'POST', body: JSON.stringify({ refuse: isRefusing }) })
const states = async (ticketId: string) =>
  (await database.db.notification.findMany({ where: { ticketId, channel: 'mail' } })).map(row => row.state)
const task = (ticketId: string, name: string) =>
  database.db.task.findUniqueOrThrow({ where: { ticketId_task: { ticketId, task: name } } })

beforeAll(async () => {
  database = await cloneDatabase()
  mail = await mountParts(['mail', createMailPart])
  send = openMailer({
    url: `smtp://127.0.0.1:${(await asked()).smtpPort}`,
    from: 'Gatehouse <gatehouse@portal.example>',
  })
  DBOS.setConfig({
    name: 'notify-in-test',
    systemDatabaseUrl: database.portalUrl,
    runMigrations: false,
    logLevel: 'error',
  })
  await DBOS.launch()
})
afterAll(async () => {
  await DBOS.shutdown()
  await mail.close()
  await database.drop()
})
beforeEach(async () => {
  waits.ms = []
  await refuse(false)
  await fetch(`${mail.baseUrl}/_sim/mail`, { method: 'DELETE' })
})

describe('notify', () => {
  it('writes to each person once, ticks the task with its proof, and sends nothing when it runs again', async () => {
    const { ticket, project, people } = await givenTicket(database.db, 'test-uat')
    await makePerson(database.db, { roles: ['stakeholder', 'qa'], projectId: project.id })
    const payload: Payload = { ticketId: ticket.id, event: 'ticket-created' }
    await notify(payload)
    await notify(payload)

    const mails = await received()
    expect(mails).toHaveLength(4)
    expect(new Set(mails.flatMap(one => one.recipients)).size).toBe(4)
    const qa = mails.find(one => one.recipients[0] === people.qa.email)
    const row = await database.db.notification.findFirstOrThrow({
      where: { ticketId: ticket.id, recipient: people.qa.email },
    })
    expect(qa?.messageId).toBe(`<${row.id}@portal.example>`)
    expect(qa?.subject).toContain('needs you')
    expect(qa?.html).toContain('Try it, then decide: QA sign-off obtained')
    expect(new Set(qa?.headers.map(one => one.name))).toEqual(
      new Set([
        ...['auto-submitted', 'from', 'to', 'message-id', 'references', 'subject', 'date', 'mime-version'],
        'content-type',
      ]),
    )
    expect(await task(ticket.id, 'notify-stakeholders')).toMatchObject({
      doneBy: 'The portal',
      proof: { sentence: '4 of 4 delivered' },
    })
    const audited = await database.db.auditEntry.count({ where: { ticketId: ticket.id, action: 'task.done' } })
    expect(audited).toBe(1)
  })

  it('tries again after a refusal, and delivers once the server is back', async () => {
    const { ticket } = await givenTicket(database.db, 'dev-test')
    await refuse(true)
    waits.ms = [150, 150]
    const running = notify({ ticketId: ticket.id, event: 'ticket-created' })
    await expect.poll(() => states(ticket.id)).toContain('failed')
    expect((await task(ticket.id, 'notify-stakeholders')).doneAt).toBeNull()
    await refuse(false)
    await running
    expect(await states(ticket.id)).toEqual(['sent'])
    expect((await database.db.notification.findFirstOrThrow({ where: { ticketId: ticket.id } })).attempts).toBe(2)
    expect(await received()).toHaveLength(1)
  })

  it('gives up after the last try, says why, and goes out when a release manager asks', async () => {
    const { ticket, people } = await givenTicket(database.db, 'dev-test')
    const payload: Payload = { ticketId: ticket.id, event: 'ticket-created' }
    await refuse(true)
    waits.ms = [1, 1]
    await notify(payload)
    const ctx = { actor: people.releaseManager, db: database.db }
    expect(await listNotifications(ctx, ticket.id)).toMatchObject([
      { state: 'dead', attempts: 3, event: 'Ticket created', problem: expect.stringContaining('451') },
    ])
    expect((await task(ticket.id, 'notify-stakeholders')).doneAt).toBeNull()

    await refuse(false)
    await notify(payload)
    expect(await received()).toHaveLength(0)
    expect(await sendAgain({ ...ctx, actor: people.developer }, { ticketId: ticket.id })).toMatchObject({
      refusal: { code: 'not-allowed' },
    })
    expect(await sendAgain(ctx, { ticketId: ticket.id })).toEqual({ ok: true, value: { mails: 1 } })
    await notify(payload)
    expect(await received()).toHaveLength(1)
    expect((await task(ticket.id, 'notify-stakeholders')).proof).toMatchObject({ sentence: '1 of 1 delivered' })
    expect(await sendAgain(ctx, { ticketId: ticket.id })).toMatchObject({ refusal: { code: 'conflict' } })
  })

  it('does not send what a dead process may have sent, and shows it', async () => {
    const { ticket } = await givenTicket(database.db, 'dev-test')
    const payload: Payload = { ticketId: ticket.id, event: 'ticket-created' }
    const working = send
    send = async message => {
      await working(message)
      await database.db.notification.updateMany({ where: { id: message.id }, data: { attempts: 7 } })
    }
    await notify(payload)
    send = working
    await notify(payload)
    expect(await received()).toHaveLength(1)
    expect(await database.db.notification.findFirstOrThrow({ where: { ticketId: ticket.id } })).toMatchObject({
      state: 'dead',
      problem: expect.stringContaining('may have arrived'),
    })
  })

  it('keeps the words of the first time, whoever comes and goes', async () => {
    const { ticket, project, people } = await givenTicket(database.db, 'dev-test')
    await refuse(true)
    await notify({ ticketId: ticket.id, event: 'ticket-created' })
    const before = await database.db.notification.findMany({ where: { ticketId: ticket.id } })
    await makePerson(database.db, { roles: ['stakeholder'], projectId: project.id })
    await database.db.user.update({ where: { id: people.developer.id }, data: { disabledAt: new Date() } })
    await notify({ ticketId: ticket.id, event: 'ticket-created' })
    const after = await database.db.notification.findMany({ where: { ticketId: ticket.id } })
    expect(after.map(({ id, text, recipient }) => ({ id, text, recipient }))).toEqual(
      before.map(({ id, text, recipient }) => ({ id, text, recipient })),
    )
  })

  it('opens the criterion of the announcement when it has arrived, with one row in the audit log', async () => {
    const { ticket, people, project } = await givenTicket(database.db, 'uat-prod')
    await makePerson(database.db, { roles: ['stakeholder'], projectId: project.id })
    const ctx = { actor: people.releaseManager, db: database.db }
    const content = { subject: 'Claims tonight', text: 'A new page\n\nBcc: nobody' }
    const made = await makeRecord(ctx, { ticketId: ticket.id, criterion: 'communication', content })
    if (!made.ok) throw new Error(made.refusal.message)
    const payload: Payload = { ticketId: ticket.id, event: `announcement:${made.value.recordId}` }
    await notify(payload)
    await notify(payload)
    const subjects = (await received()).map(one => one.subject)
    expect(subjects).toHaveLength(3)
    for (const subject of subjects) expect(subject).toMatch(/^Claims tonight \(CHG-\d{4}\)$/)
    const gate = await getGate(ctx, ticket.number)
    expect(gate?.gate.verdicts.find(one => one.id === 'communication')).toMatchObject({
      met: true,
      sentence: '3 of 3 delivered',
    })
    const entries = await database.db.auditEntry.findMany({
      where: { ticketId: ticket.id, action: 'announcement.sent' },
    })
    expect(entries.map(one => JSON.parse(one.text).details)).toEqual([
      { recordId: made.value.recordId, subject: 'Claims tonight', sent: 3, total: 3, dead: 0 },
    ])
  })

  it('tells nothing of a promotion that does not exist', async () => {
    const { ticket } = await givenTicket(database.db, 'dev-test')
    await notify({ ticketId: ticket.id, event: `stage-ended:${newId()}` })
    expect(await states(ticket.id)).toEqual([])
  })
})

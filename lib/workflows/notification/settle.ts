import { record } from '@/lib/audit/record'
import type { Db, Tx } from '@/lib/db/client'
import { withTransaction } from '@/lib/db/transaction'
import { portal } from '@/lib/kernel/context'
import { ok } from '@/lib/kernel/result'
import { eventOf } from '@/lib/notification/event'
import type { WorkflowPayloads } from '@/lib/queue/workflows'
import { tickTasks } from '@/lib/ticket/commands/tick-tasks'
import { type TaskId, tasks } from '@/lib/ticket/tasks'

const taskOf: Readonly<Record<string, TaskId>> = {
  'ticket-created': 'notify-stakeholders',
  'ticket-closed': 'send-completion',
}

type Count = { readonly sent: number; readonly total: number; readonly dead: number }
type About = { readonly id: string; readonly projectId: string }

/** Gives up what has not gone out by now, ticks the task that all of it proves, and writes down how an announcement went. */
export async function settle(
  db: Db,
  { ticketId, event }: WorkflowPayloads['notify'],
  ids: readonly string[],
): Promise<void> {
  await withTransaction(db, async (tx, now) => {
    await tx.$queryRaw`SELECT id FROM ticket WHERE id = ${ticketId}::uuid FOR UPDATE`
    const ticket = await tx.ticket.findUniqueOrThrow({ where: { id: ticketId }, select: { id: true, projectId: true } })
    const own = { id: { in: [...ids] } }
    await tx.notification.updateMany({ where: { ...own, state: 'failed' }, data: { state: 'dead' } })
    const rows = await tx.notification.findMany({ where: own, select: { state: true } })
    const of = (state: string) => rows.filter(row => row.state === state).length
    const count = { sent: of('sent'), total: rows.length, dead: of('dead') }
    const told = eventOf(event)
    const task = taskOf[told.kind]
    if (task && count.total > 0 && count.sent === count.total) await tick(tx, now, ticket, task, count)
    if (told.kind === 'announcement') await recordAnnouncement(tx, ticket, told.recordId, count)
    return ok(null)
  })
}

async function tick(tx: Tx, now: Date, { id, projectId }: About, task: TaskId, { sent, total }: Count): Promise<void> {
  const open = await tx.task.count({ where: { ticketId: id, task, doneAt: null } })
  if (open === 0) return
  const sentence = `${sent} of ${total} delivered`
  await tickTasks(tx, id, now, portal.name, { [task]: { sentence, href: '#notifications' } })
  const details = { task: tasks.find(one => one.id === task)?.label, proof: sentence }
  await record(tx, portal, { action: 'task.done', projectId, ticketId: id, details })
}

/** One row for each result: a step that runs again after a crash finds its own. */
async function recordAnnouncement(tx: Tx, { id, projectId }: About, recordId: string, count: Count): Promise<void> {
  const where = { ticketId: id, action: 'announcement.sent', text: { contains: recordId } }
  const last = await tx.auditEntry.findFirst({ where, orderBy: { sequence: 'desc' } })
  const known = last ? JSON.parse(last.text).details : null
  if (known?.sent === count.sent && known?.total === count.total) return
  const made = await tx.record.findUniqueOrThrow({ where: { id: recordId }, select: { content: true } })
  const { subject } = made.content as { subject: string }
  const details = { recordId, subject, ...count }
  await record(tx, portal, { action: 'announcement.sent', projectId, ticketId: id, details })
}

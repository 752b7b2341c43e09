import type { Db } from '@/lib/db/client'
import { withTransaction } from '@/lib/db/transaction'
import { newId } from '@/lib/kernel/ids'
import { ok } from '@/lib/kernel/result'
import { loadStory } from '@/lib/notification/queries'
import { recipientsFor } from '@/lib/notification/recipients'
import { hasFailed } from '@/lib/notification/story'
import { mailFor } from '@/lib/notification/template'
import type { WorkflowPayloads } from '@/lib/queue/workflows'

/** Writes the mails of an event, once and for good: a second call finds the first one's. Returns their ids. */
export async function writeMails(
  db: Db,
  { ticketId, event }: WorkflowPayloads['notify'],
  baseUrl: string,
): Promise<readonly string[]> {
  const about = { ticketId, event, channel: 'mail' }
  const written = await withTransaction(db, async (tx, now) => {
    await tx.$queryRaw`SELECT id FROM ticket WHERE id = ${ticketId}::uuid FOR UPDATE`
    const earlier = await tx.notification.findMany({ where: about, select: { id: true } })
    if (earlier.length > 0) return ok(earlier.map(one => one.id))
    const loaded = await loadStory(tx, { ticketId, event, baseUrl, now })
    if (!loaded) return ok([])
    const { story, holders } = loaded
    const happening = { kind: story.told.kind, hop: story.hop, hasFailed: hasFailed(story.told) }
    const rows = recipientsFor(happening, holders).map(reader => ({
      id: newId(),
      ...about,
      recipient: reader.email,
      ...mailFor(story, reader),
      state: 'pending',
      queuedAt: now,
    }))
    await tx.notification.createMany({ data: rows })
    return ok(rows.map(row => row.id))
  })
  if (!written.ok) throw new Error(written.refusal.message)
  return written.value
}

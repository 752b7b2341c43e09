import { db } from '@/lib/db/client'
import { workspaceDirectory } from '@/lib/fabric/workspace-directory'

type Check = 'ok' | 'failing'
export type Health = { readonly database: Check; readonly worker: Check; readonly fabric: Check }

const deadlineMs = 5_000
const fabricHoldsMs = 30_000

/** What the portal needs to do its work, each asked now, but Fabric at most twice a minute. */
export async function checkHealth(): Promise<Health> {
  const [database, worker, fabric] = await Promise.all([check(asksDatabase), check(hasWorker), fabricHealth()])
  return { database, worker, fabric }
}

async function asksDatabase(): Promise<boolean> {
  await db().$queryRaw`SELECT 1`
  return true
}

/** A worker takes work within seconds: none runs when something has waited for a minute for nothing but a worker. */
async function hasWorker(): Promise<boolean> {
  const [row] = await db().$queryRaw<{ waiting: bigint }[]>`
    SELECT count(*) AS waiting FROM dbos.workflow_status w
    WHERE w.status = 'ENQUEUED' AND w.created_at < (extract(epoch FROM now()) - 60) * 1000
      AND NOT EXISTS (SELECT 1 FROM dbos.workflow_status busy WHERE busy.status = 'PENDING'
        AND busy.queue_name = w.queue_name AND busy.queue_partition_key IS NOT DISTINCT FROM w.queue_partition_key)`
  return row?.waiting === 0n
}

let held: { readonly asked: Promise<Check>; readonly until: number } | undefined

function fabricHealth(): Promise<Check> {
  if (!held || held.until < Date.now()) {
    const asked = check(async () => (await workspaceDirectory().list()).ok)
    held = { asked, until: Date.now() + fabricHoldsMs }
  }
  return held.asked
}

async function check(ask: () => Promise<boolean>): Promise<Check> {
  const late = new Promise<boolean>(done => setTimeout(done, deadlineMs, false).unref())
  return (await Promise.race([ask().catch(() => false), late])) ? 'ok' : 'failing'
}

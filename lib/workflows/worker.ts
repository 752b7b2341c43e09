import { DBOS, type DLogger } from '@dbos-inc/dbos-sdk'
import { env } from '@/lib/env/env'
import { queues } from '@/lib/queue/workflows'
import { catchUpBranches } from './catch-up'
import { log } from './log'
import { drainSteps, openSteps } from './promotion/step'
import { workflows } from './registry'

export type Worker = { stop(): Promise<void> }

/** The same for every build: what an older worker began, a newer one goes on with. */
const applicationVersion = '1'
const drainMs = 10_000
const pollMs = 100
const workflowsAtOnce = 8
const everyFiveMinutes = '*/5 * * * *'

/**
 * Starts the worker. `name` is its own among all that run: a worker of that name takes up again what one before it left.
 * Stopping lets the steps under way end, and leaves the rest to the next start.
 */
export async function startWorker(name = 'worker-1'): Promise<Worker> {
  DBOS.setConfig({
    name: 'gatehouse',
    systemDatabaseUrl: env().DATABASE_URL,
    runMigrations: false,
    executorID: name,
    applicationVersion,
    logger: dbosLog,
  })
  for (const [workflow, run] of Object.entries(workflows))
    DBOS.registerWorkflow(run as (payload: never) => Promise<void>, { name: workflow, maxRecoveryAttempts: 1_000 })
  const catchUp = DBOS.registerWorkflow(catchUpBranches, { name: 'catch-up' })
  openSteps()
  await DBOS.launch()
  const polling = { minPollingIntervalMs: pollMs, onConflict: 'always_update' } as const
  await DBOS.registerQueue(queues.promotions, { ...polling, partitionConcurrency: 1 })
  await DBOS.registerQueue(queues.work, { ...polling, workerConcurrency: workflowsAtOnce })
  await DBOS.registerQueue(queues.mail, { ...polling, workerConcurrency: workflowsAtOnce })
  await DBOS.applySchedules([
    { scheduleName: 'catch-up', workflowFn: catchUp, schedule: everyFiveMinutes, queueName: queues.work },
  ])
  log().info({ worker: name }, 'worker ready')
  return {
    async stop() {
      await drainSteps(drainMs)
      await DBOS.shutdown({ deregister: true })
      log().info({ worker: name }, 'worker stopped')
    },
  }
}

const dbosLog: DLogger = {
  info: entry => log().debug(String(entry)),
  debug: entry => log().trace(String(entry)),
  warn: entry => log().warn(String(entry)),
  error: (entry, metadata) => log().error({ stack: metadata?.stack }, String(entry)),
}

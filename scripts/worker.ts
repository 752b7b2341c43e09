import { db } from '@/lib/db/client'
import { log } from '@/lib/workflows/log'
import { startWorker } from '@/lib/workflows/worker'

const worker = await startWorker(process.argv[2])

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => {
    worker
      .stop()
      .then(() => db().$disconnect())
      .then(() => process.exit(0))
      .catch((error: unknown) => {
        log().error({ err: error }, 'the worker did not stop cleanly')
        process.exit(1)
      })
  })
}

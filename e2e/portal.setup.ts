import { rm, writeFile } from 'node:fs/promises'
import { freePort } from '../scripts/process/free-port'
import { seedDemo } from '../scripts/seed/seed-demo'
import { build } from '../scripts/start/build'
import { startPortal } from '../scripts/start/portal'

const dataDir = '.data/e2e/portal'

/** One portal for all browser tests, as `npm start` makes it: Postgres, simulator, worker, web and the demo, on ports of their own. */
export default async function setup(): Promise<() => Promise<void>> {
  await rm(dataDir, { recursive: true, force: true })
  const quiet = () => {}
  const port = await freePort()
  const portal = await startPortal({
    port,
    dataDir,
    source: { NODE_ENV: 'production' },
    built: build(quiet),
    seed: seedDemo(quiet),
    say: quiet,
  })
  await writeFile(
    `${dataDir}/running.json`,
    JSON.stringify({ url: portal.url, simulatorUrl: portal.simulatorUrl, ownerUrl: portal.ownerUrl }),
  )
  return () => portal.stop()
}

import { existsSync } from 'node:fs'
import { parseEnv } from '../lib/env/env'
import { people } from '../simulator/demo/people'
import { seedDemo } from './seed/seed-demo'
import { build } from './start/build'
import { startPortal } from './start/portal'
import { isSimulated } from './start/settings'

if (existsSync('.env')) process.loadEnvFile('.env')

const port = Number(process.env.PORT ?? 3000)
const say = (line: string) => console.log(line)
const began = Date.now()

try {
  if (!isSimulated(process.env)) {
    parseEnv({ ...process.env, DATABASE_URL: process.env.DATABASE_URL ?? 'postgresql://embedded' })
  }
  const built = build(say)
  built.catch(() => {})
  const portal = await startPortal({
    port,
    dataDir: process.env.DATA_DIR ?? '.data',
    source: process.env,
    built,
    seed: seedDemo(say),
    say,
  })
  tell(portal.url, portal.simulatorUrl)
  const interrupted = new Promise<null>(done => {
    process.once('SIGINT', () => done(null))
    process.once('SIGTERM', () => done(null))
  })
  const ended = await Promise.race([portal.ended, interrupted])
  if (ended) console.error(`The ${ended} ended by itself. Its log is in the data folder, logs/${ended}.log. Stopping.`)
  else say('\nStopping…')
  await portal.stop()
  process.exit(ended ? 1 : 0)
} catch (cause) {
  console.error(cause instanceof Error ? cause.message : cause)
  process.exit(1)
}

function tell(url: string, simulatorUrl: string | null): void {
  say(`\nGatehouse is ready after ${Math.round((Date.now() - began) / 1000)} s:  ${url}\n`)
  if (simulatorUrl) {
    say('Sign in as one of these (the simulator stands in for Entra ID):')
    for (const person of people) say(`  ${person.displayName.padEnd(24)} ${person.comesFor}`)
    say(`\nCommit a change as a developer:  ${simulatorUrl}/_sim/developer`)
    say(`Mails that were sent:            ${simulatorUrl}/_sim/mail`)
  }
  say('Ctrl-C stops all of it.')
}

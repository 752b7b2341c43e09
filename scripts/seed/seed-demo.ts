import { spawn } from 'node:child_process'
import { Client } from 'pg'

/** Fills the demo in a process of its own, with the portal's settings; says what it says. Throws when it fails. */
export const seedDemo =
  (say: (line: string) => void) =>
  async (env: Readonly<Record<string, string>>, ownerUrl: string): Promise<void> => {
    if (await isFilled(ownerUrl)) return
    const child = spawn(process.execPath, ['--import', 'tsx', 'scripts/seed.ts'], {
      env: { ...process.env, ...env, DATABASE_OWNER_URL: ownerUrl, LOG_LEVEL: 'warn' },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const problems: Buffer[] = []
    child.stdout.on('data', chunk => say(String(chunk).trimEnd()))
    child.stderr.on('data', chunk => problems.push(chunk))
    const code = await new Promise<number | null>(done => child.once('exit', done))
    if (code !== 0) throw new Error(`The demo could not be written.\n${Buffer.concat(problems)}`)
  }

async function isFilled(ownerUrl: string): Promise<boolean> {
  const client = new Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    return (await client.query('SELECT 1 FROM project LIMIT 1')).rowCount !== 0
  } finally {
    await client.end()
  }
}

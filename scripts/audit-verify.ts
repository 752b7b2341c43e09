import { createReadStream, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { auditHead, auditRows } from '@/lib/audit/queries'
import { type Anchor, type ChainRow, verifyChain } from '@/lib/audit/verify'
import { connect } from '@/lib/db/client'
import { portal } from '@/lib/kernel/context'

const usage = `npm run audit:verify -- [--file audit.jsonl] [--anchor 120:<hash>]…
  Without --file the log of DATABASE_URL is checked, or that of the portal that runs here. An anchor is a head that was noted earlier.`

const { values } = parseArgs({
  options: { file: { type: 'string' }, anchor: { type: 'string', multiple: true }, help: { type: 'boolean' } },
})
if (values.help) {
  console.log(usage)
  process.exit(0)
}
await check().catch((cause: unknown) => {
  console.error(`The audit log could not be checked. ${cause instanceof Error ? cause.message : String(cause)}`)
  process.exitCode = 2
})

async function check(): Promise<void> {
  const noted = (values.anchor ?? []).map(anchorFrom)
  const verdict = values.file
    ? await verifyChain(rowsOf(values.file), noted)
    : await verifyDatabase(databaseUrl(), noted)
  if (verdict.whole) {
    console.log(`The audit log is whole: ${verdict.entries} entries. Its head, to be noted elsewhere:`)
    console.log(`${verdict.entries}:${verdict.head}`)
  } else {
    console.error(`The audit log is broken at entry ${verdict.sequence}: ${verdict.because}.`)
    process.exitCode = 1
  }
}

async function verifyDatabase(url: string, noted: readonly Anchor[]) {
  const db = connect(url, 2)
  try {
    return await db.$transaction(
      async tx => {
        const ctx = { actor: portal, db: tx as typeof db }
        return verifyChain(auditRows(ctx, {}), [await auditHead(ctx), ...noted])
      },
      { isolationLevel: 'RepeatableRead', timeout: 30 * 60_000 },
    )
  } finally {
    await db.$disconnect()
  }
}

/** Each line as the portal exports it: sequence, text, previous and hash. */
async function* rowsOf(path: string): AsyncGenerator<ChainRow> {
  if (!existsSync(path)) throw new Error(`There is no file ${path}.`)
  for await (const line of createInterface({ input: createReadStream(path, 'utf8') })) {
    if (line.trim() !== '') yield JSON.parse(line)
  }
}

function anchorFrom(text: string): Anchor {
  const match = /^(\d+):([0-9a-f]{64})$/.exec(text)
  if (!match) throw new Error(`“${text}” is no anchor. ${usage}`)
  return { sequence: Number(match[1]), hash: match[2] ?? '' }
}

function databaseUrl(): string {
  if (process.env.DATABASE_URL) return process.env.DATABASE_URL
  const dataDir = process.env.DATA_DIR ?? '.data'
  const [settings, passwords] = [join(dataDir, 'settings.json'), join(dataDir, 'postgres', 'passwords.json')]
  if (!existsSync(settings) || !existsSync(passwords))
    throw new Error(
      'DATABASE_URL is not set and no portal has run here. Example: postgresql://gatehouse_portal:password@db.example:5432/gatehouse',
    )
  const { postgresPort } = JSON.parse(readFileSync(settings, 'utf8'))
  const { portal: password } = JSON.parse(readFileSync(passwords, 'utf8'))
  return `postgresql://gatehouse_portal:${password}@127.0.0.1:${postgresPort}/gatehouse`
}

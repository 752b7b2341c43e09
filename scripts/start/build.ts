import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const sources = [
  'app',
  'components',
  'lib',
  'public',
  'prisma/schema.prisma',
  'package-lock.json',
  'next.config.js',
  'proxy.ts',
  'postcss.config.mjs',
  'tsconfig.json',
]
const stamp = '.next/gatehouse-build'
const clientStamp = 'lib/db/generated/.from'

/** Generates the database client and builds the pages, each only when its sources are others than the last time. */
export async function build(say: (line: string) => void): Promise<void> {
  await generateClient()
  const now = await digestOfSources()
  if (existsSync(stamp) && (await readFile(stamp, 'utf8')) === now) return
  say('Building the pages (once)…')
  const env = { ...process.env, NODE_ENV: 'production' as const, NEXT_TELEMETRY_DISABLED: '1' }
  try {
    await run(process.execPath, ['node_modules/next/dist/bin/next', 'build'], { env, maxBuffer: 64 << 20 })
  } catch (cause) {
    const { stdout, stderr } = cause as { stdout?: string; stderr?: string }
    throw new Error(`The build failed.\n${stdout ?? ''}\n${stderr ?? ''}`, { cause })
  }
  await writeFile(stamp, now)
}

/** Prisma's CLI wants to download an engine that `generate` does not use: any program that runs will do. */
export async function generateClient(): Promise<void> {
  const schema = createHash('sha256')
    .update(await readFile('prisma/schema.prisma'))
    .digest('hex')
  if (existsSync(clientStamp) && (await readFile(clientStamp, 'utf8')) === schema) return
  const env = { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, PRISMA_HIDE_UPDATE_MESSAGE: '1' }
  await run(process.execPath, ['node_modules/prisma/build/index.js', 'generate'], { env })
  await writeFile(clientStamp, schema)
}

async function digestOfSources(): Promise<string> {
  const hash = createHash('sha256')
  for (const source of sources) {
    for (const path of await filesOf(source)) hash.update(path).update(await readFile(path))
  }
  return hash.digest('hex')
}

async function filesOf(path: string): Promise<string[]> {
  if (!existsSync(path)) return []
  if (!(await isFolder(path))) return [path]
  const entries = await readdir(path, { withFileTypes: true })
  const wanted = entries.filter(entry => entry.name !== 'generated' && !/\.test\.tsx?$/.test(entry.name))
  const nested = await Promise.all(
    wanted.sort((a, b) => (a.name < b.name ? -1 : 1)).map(e => filesOf(join(path, e.name))),
  )
  return nested.flat()
}

const isFolder = async (path: string) => (await readdir(path).catch(() => null)) !== null

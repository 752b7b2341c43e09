import { readFile } from 'node:fs/promises'
import { withSchemaEngine } from './schema-engine'

/** Prints the SQL that leads from one Prisma schema file (or `empty`) to another: `npx tsx scripts/database/diff.ts empty prisma/schema.prisma`. */
const [from = 'empty', to = 'prisma/schema.prisma'] = process.argv.slice(2)
const url = process.env.DATABASE_OWNER_URL
if (!url) throw new Error('DATABASE_OWNER_URL is not set: the engine wants a database to talk to, any one.')
const ends = { from: await schemaAt(from), to: await schemaAt(to) }
const filters = { externalTables: [], externalEnums: [] }
const { stdout } = await withSchemaEngine(url, engine =>
  engine.diff({ ...ends, script: true, exitCode: null, filters }),
)
console.log(stdout)

async function schemaAt(path: string) {
  if (path === 'empty') return { tag: 'empty' as const }
  return { tag: 'schemaDatamodel' as const, files: [{ path, content: await readFile(path, 'utf8') }] }
}

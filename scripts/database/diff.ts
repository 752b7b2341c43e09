import { readFile } from 'node:fs/promises'
import { openSchemaEngine } from './schema-engine'

/** Prints the SQL that leads from one Prisma schema file (or `empty`) to another: `npx tsx scripts/database/diff.ts empty prisma/schema.prisma`. */
const [from = 'empty', to = 'prisma/schema.prisma'] = process.argv.slice(2)
const engine = await openSchemaEngine(process.env.DATABASE_OWNER_URL ?? 'postgresql://unused@127.0.0.1/unused')
const { stdout } = await engine.diff({
  from: await schemaAt(from),
  to: await schemaAt(to),
  script: true,
  exitCode: null,
  filters: { externalTables: [], externalEnums: [] },
})
console.log(stdout)

async function schemaAt(path: string) {
  if (path === 'empty') return { tag: 'empty' as const }
  return { tag: 'schemaDatamodel' as const, files: [{ path, content: await readFile(path, 'utf8') }] }
}

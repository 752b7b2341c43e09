import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { PrismaPg } from '@prisma/adapter-pg'
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import type { SchemaEngine } from '@prisma/schema-engine-wasm'
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg'
import { Pool } from 'pg'

type Bindings = {
  __wbg_set_wasm(exports: WebAssembly.Exports): void
  SchemaEngine: { new: (options: object, log: (line: string) => void, adapter: object) => Promise<SchemaEngine> }
}

/** Runs work with Prisma's schema engine as WebAssembly, on a database URL: nothing is downloaded. */
export async function withSchemaEngine<T>(url: string, work: (engine: SchemaEngine) => Promise<T>): Promise<T> {
  const path = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg')
  const compiled = await WebAssembly.compile(await readFile(path.replace(/\.js$/, '.wasm')))
  const bound = bindings as unknown as Bindings
  const instance = await WebAssembly.instantiate(compiled, { './schema_engine_bg.js': bindings as never })
  bound.__wbg_set_wasm(instance.exports)
  const start = instance.exports.__wbindgen_start as () => void
  start()
  const pool = new Pool({ connectionString: url })
  try {
    const adapter = bindMigrationAwareSqlAdapterFactory(new WholeScripts(pool))
    return await work(await bound.SchemaEngine.new({ datamodels: undefined }, () => {}, adapter))
  } finally {
    await pool.end()
  }
}

/** Prisma's adapter cuts a script at each semicolon, which breaks function bodies. Sent whole, it is also one transaction. */
class WholeScripts extends PrismaPg {
  readonly #pool: Pool

  constructor(pool: Pool) {
    super(pool)
    this.#pool = pool
  }

  override async connect() {
    const adapter = await super.connect()
    const executeScript = async (script: string) => {
      await this.#pool.query(script)
    }
    return Object.assign(adapter, { executeScript })
  }
}

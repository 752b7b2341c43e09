import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import SwaggerParser from '@apidevtools/swagger-parser'
import { type Document, OpenAPIBackend } from 'openapi-backend'
import { isId, sha256 } from '../store/ids'

type Json = { [name: string]: Json } | Json[] | string | number | boolean | null

// The package brings no types of its own.
const { convertObj } = createRequire(import.meta.url)('swagger2openapi') as {
  convertObj(document: Json, options: object): Promise<{ openapi: Document }>
}

const cache = path.resolve('node_modules/.cache/simulator-openapi')

/** Loads an official document, as OpenAPI 3, ready to validate. Converted ones are kept under node_modules. */
export async function loadDocument(file: string): Promise<OpenAPIBackend> {
  const definition = readCached(file) ?? (await convert(file))
  const backend = new OpenAPIBackend({
    definition,
    quick: true,
    validate: true,
    ajvOpts: { strict: false, logger: false, formats: { uuid: isId } },
  })
  await backend.init()
  return backend
}

const cacheFile = (file: string): string => path.join(cache, `${sha256(file + readFileSync(file, 'utf8'))}.json`)

function readCached(file: string): Document | null {
  const kept = cacheFile(file)
  return existsSync(kept) ? (JSON.parse(readFileSync(kept, 'utf8')) as Document) : null
}

async function convert(file: string): Promise<Document> {
  const document = JSON.parse(withoutExamples(file)) as { paths: Record<string, object> }
  // A query string in a path is no path: it only marks previews.
  const paths: Record<string, object> = {}
  for (const [key, operations] of Object.entries(document.paths)) {
    const name = key.split('?')[0] ?? key
    paths[name] = { ...paths[name], ...operations }
  }
  const whole = await SwaggerParser.dereference(file, { ...document, paths } as never, {
    dereference: { circular: 'ignore' },
  })
  const plain = JSON.parse(JSON.stringify(whole)) as Json
  const { openapi } = await convertObj(plain, { patch: true, warnOnly: true })
  openapi.servers = []
  mkdirSync(cache, { recursive: true })
  writeFileSync(cacheFile(file), JSON.stringify(openapi))
  return openapi
}

const withoutExamples = (file: string): string =>
  JSON.stringify(JSON.parse(readFileSync(file, 'utf8')), (key, value: unknown) =>
    key === 'x-ms-examples' ? undefined : value,
  )

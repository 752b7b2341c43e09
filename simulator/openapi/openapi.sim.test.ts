import { existsSync } from 'node:fs'
import path from 'node:path'
import type { OpenAPIBackend } from 'openapi-backend'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fabricRoutes } from '../fabric/routes'
import { createRouter } from '../http/router'
import { powerBiRoutes } from '../power-bi/routes'
import { type Exchange, startTestSimulator, type TestSimulator } from '../testing/client'
import { loadDocument } from './documents'
import { walk } from './walk'

const folder = path.resolve('../shared/fabric/openapi')
const names = [
  'platform',
  'lakehouse',
  'warehouse',
  'notebook',
  'semanticModel',
  'dataPipeline',
  'environment',
  'variableLibrary',
  'sqlEndpoint',
  'powerbi',
]

/** Calls that the documents do not describe, though Fabric answers them. */
const undescribed = [
  /\/jobs\/instances\?jobType=/,
  /\/items\/[^/]+\/jobs\/RunNotebook\/instances/,
  /\/datasets\/[^/]+\/Default\.TakeOver/,
]

describe.skipIf(!existsSync(folder))('the official documents', () => {
  let simulator: TestSimulator
  let documents: OpenAPIBackend[]
  let exchanges: readonly Exchange[]

  beforeAll(async () => {
    documents = []
    for (const name of names) documents.push(await loadDocument(path.join(folder, name, 'swagger.json')))
    simulator = await startTestSimulator()
    await simulator.client.call('POST', '/_sim/settings', {
      operationMs: 20,
      refreshMs: 2000,
      exportMs: 100,
      jobMs: 2000,
    })
    await walk(simulator.client)
    exchanges = simulator.client.exchanges.filter(({ path }) => !path.startsWith('/_sim'))
  }, 120_000)
  afterAll(() => simulator.stop())

  it('are walked through every operation that is served, and each succeeds', () => {
    expect(exchanges.filter(({ answer }) => answer.status >= 400).map(told)).toEqual([])
    const routes = [...fabricRoutes, ...powerBiRoutes]
    const router = createRouter(routes)
    const walked = new Set<unknown>()
    for (const { method, path } of exchanges) {
      const matched = router.match(method, new URL(path, simulator.url).pathname)
      if (matched !== null && matched !== 'other-method')
        walked.add(`${matched.route.method} ${matched.route.template}`)
    }
    const missed = routes
      .filter(({ template }) => !template.includes('{collection}'))
      .map(({ method, template }) => `${method} ${template}`)
      .filter(name => !walked.has(name))
    expect(missed).toEqual([])
  })

  it('describe the requests and responses', () => {
    const faults: string[] = []
    let described = 0
    for (const exchange of exchanges) {
      const found = findOperation(exchange)
      if (found === null) {
        if (!undescribed.some(pattern => pattern.test(exchange.path))) faults.push(`not described: ${told(exchange)}`)
        continue
      }
      described += 1
      const { document, operation, request } = found
      for (const error of document.validateRequest(request, operation).errors ?? []) {
        faults.push(
          `request of ${told(exchange)}: ${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`,
        )
      }
      const { body, status } = exchange.answer
      if (body === null || body === undefined) continue
      const starter = starterOf(exchange)
      const promise = (starter && findOperation(starter)) ?? found
      const expected = starter === undefined ? status : promise.operation.responses?.['201'] ? 201 : 200
      const { errors } = promise.document.validateResponse(withoutNulls(body), promise.operation, expected)
      for (const error of errors ?? []) {
        faults.push(
          `response of ${told(exchange)}: ${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`,
        )
      }
    }
    expect(faults).toEqual([])
    expect(described).toBeGreaterThan(150)
  })

  /** The call whose result this is; the documents describe it there. */
  function starterOf({ path }: Exchange): Exchange | undefined {
    const id = /\/operations\/([0-9a-f-]{36})\/result$/.exec(path)?.[1]
    return id === undefined
      ? undefined
      : exchanges.find(
          ({ path, answer }) => !path.includes('/operations/') && answer.headers.get('x-ms-operation-id') === id,
        )
  }

  function findOperation(exchange: Exchange) {
    const url = new URL(exchange.path, simulator.url)
    const isPowerBi = url.pathname.startsWith('/v1.0/')
    const request = {
      method: exchange.method,
      path: isPowerBi ? url.pathname : url.pathname.replace(/^\/v1/, ''),
      query: Object.fromEntries(url.searchParams),
      headers: { 'content-type': 'application/json' },
      body: exchange.request,
    }
    for (const document of documents) {
      const operation = document.router.matchOperation(request)
      if (operation !== undefined) return { document, operation, request }
    }
    return null
  }
})

const told = ({ method, path, answer }: Exchange): string => `${method} ${path} ${answer.status}`

// Real traffic has nulls where the documents allow none.
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => (inner === null ? [] : [[key, withoutNulls(inner)]])),
  )
}

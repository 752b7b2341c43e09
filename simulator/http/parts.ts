import { existsSync, mkdirSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import type { CallLog } from '../control/call-log'
import type { Simulation } from '../fabric/simulation'
import type { Part, PartContext } from '../part'

const names = ['entra', 'graph', 'mail', 'teams', 'git', 'github'] as const

/** The stand-ins beside Fabric, each with a folder of its own. */
export async function createParts(context: PartContext): Promise<{
  readonly smtpPort: number
  handle(request: IncomingMessage, response: ServerResponse, url: URL, log: CallLog, sim: Simulation): Promise<void>
  close(): Promise<void>
}> {
  const smtpPort = context.smtpPort === 0 ? await freePort() : context.smtpPort
  const parts: Part[] = []
  for (const name of names) {
    const dataDir = path.join(context.dataDir, name)
    mkdirSync(dataDir, { recursive: true })
    const file = path.join(import.meta.dirname, '..', name, 'part.ts')
    if (!existsSync(file)) continue
    const loaded = (await import(pathToFileURL(file).href)) as Record<string, (context: PartContext) => Promise<Part>>
    const create = Object.entries(loaded).find(([key]) => /^create\w+Part$/.test(key))?.[1]
    if (create !== undefined) parts.push(await create({ ...context, smtpPort, dataDir }))
  }
  return {
    smtpPort,
    handle: (request, response, url, log, sim) => handle(parts, request, response, url, log, sim),
    async close() {
      await Promise.all(parts.map(part => part.close()))
    },
  }
}

async function handle(
  parts: readonly Part[],
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
  log: CallLog,
  sim: Simulation,
): Promise<void> {
  const method = request.method ?? 'GET'
  const effect = sim.faults.take(method, url.pathname)
  const host = request.headers.host ?? ''
  const entry = log.begin({
    method,
    url,
    host,
    workspaceId: null,
    write: false,
    bodyDigest: null,
    fault: effect?.kind ?? null,
  })
  response.once('close', () => log.end(entry, response.writableFinished ? response.statusCode : null, null))
  if (effect?.kind === 'delay') await sim.timers.sleep(effect.delayMs)
  if (effect?.kind === 'drop') {
    request.socket.destroy()
    return
  }
  if (effect?.kind === 'status') {
    const headers = effect.retryAfterSeconds === undefined ? {} : { 'Retry-After': String(effect.retryAfterSeconds) }
    response.writeHead(effect.status, headers).end(effect.message)
    return
  }
  for (const part of parts) if (await part.handle(request, response, url)) return
  response.writeHead(404, { 'Content-Type': 'text/plain' }).end('The simulator serves nothing at this path\n')
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise(resolve => server.close(resolve))
  return port
}

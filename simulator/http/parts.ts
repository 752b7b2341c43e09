import { mkdirSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import path from 'node:path'
import { createCiPart } from '../ci/part'
import type { CallLog } from '../control/call-log'
import { createEntraPart } from '../entra/part'
import type { Simulation } from '../fabric/simulation'
import { createGitPart } from '../git/part'
import { createGithubPart } from '../github/part'
import { createGraphPart } from '../graph/part'
import { createMailPart } from '../mail/part'
import type { Part, PartContext } from '../part'
import { createTeamsPart } from '../teams/part'

const creators: Readonly<Record<string, (context: PartContext) => Promise<Part>>> = {
  entra: createEntraPart,
  graph: createGraphPart,
  teams: createTeamsPart,
  git: createGitPart,
  github: createGithubPart,
  ci: createCiPart,
}

/** The stand-ins beside Fabric, each with a folder of its own. */
export async function createParts(context: PartContext): Promise<{
  readonly smtpPort: number
  handle(request: IncomingMessage, response: ServerResponse, url: URL, log: CallLog, sim: Simulation): Promise<void>
  close(): Promise<void>
}> {
  const own = (name: string): PartContext => {
    const dataDir = path.join(context.dataDir, name)
    mkdirSync(dataDir, { recursive: true })
    return { ...context, dataDir }
  }
  const mail = await createMailPart(own('mail'))
  const { smtpPort } = mail
  const parts: Part[] = [mail]
  for (const [name, create] of Object.entries(creators)) parts.push(await create({ ...own(name), smtpPort }))
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

import { mkdirSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { CallLog } from './control/call-log'
import { createControl } from './control/control'
import { Faults } from './control/faults'
import { firstSettings } from './control/settings'
import { resumeOperations } from './fabric/operations'
import { fabricRoutes } from './fabric/routes'
import { seed } from './fabric/seed'
import type { Simulation } from './fabric/simulation'
import { Timers } from './fabric/timers'
import { ensureRepositories } from './git/repositories'
import { answer } from './http/answer'
import { createParts } from './http/parts'
import { createRouter } from './http/router'
import { powerBiRoutes } from './power-bi/routes'
import { openStore } from './store/store'
import type { Tenant } from './tenant'

export type SimulatorOptions = {
  /** 0 takes any free one. */
  readonly port: number
  readonly smtpPort: number
  readonly dataDir: string
  readonly tenant: Tenant
  /** What `itemsFrom` of a workspace is relative to. */
  readonly tenantDirectory?: string
  readonly open?: boolean
  /** What others call it by; its own address on loopback when absent. */
  readonly baseUrl?: string
}

export type RunningSimulator = { readonly url: string; readonly smtpPort: number; stop(): Promise<void> }

type Handle = (request: IncomingMessage, response: ServerResponse) => Promise<void>

/** Starts the simulator on loopback; resolves when it listens and its first state is there. */
export async function startSimulator(options: SimulatorOptions): Promise<RunningSimulator> {
  const { dataDir, tenant, tenantDirectory = path.join(import.meta.dirname, 'demo'), open = false } = options
  let isReady: (handle: Handle) => void = () => {}
  const ready = new Promise<Handle>(resolve => {
    isReady = resolve
  })
  // Who calls before the first state is there waits for it.
  const server = createServer((request, response) => {
    ready
      .then(handle => handle(request, response))
      .catch((error: unknown) => {
        console.error(error)
        if (response.headersSent) response.destroy()
        else response.writeHead(500).end('The simulator failed; its own log says where')
      })
  })
  await listen(server, options.port)
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const baseUrl = options.baseUrl ?? url
  const gitDirectory = path.join(dataDir, 'git')
  mkdirSync(gitDirectory, { recursive: true })
  const sim: Simulation = {
    tenant,
    baseUrl,
    open,
    gitDirectory,
    store: openStore(path.join(dataDir, 'fabric')),
    faults: new Faults(),
    timers: new Timers(),
    settings: firstSettings,
  }
  await ensureRepositories({ tenant, dataDir: gitDirectory })
  if (sim.store.isEmpty()) await seed(sim, tenantDirectory)
  const parts = await createParts({ tenant, baseUrl, open, dataDir, smtpPort: options.smtpPort })
  const router = createRouter([...fabricRoutes, ...powerBiRoutes])
  const log = new CallLog(sim.store.calls)
  const control = createControl(sim, log, tenantDirectory)
  resumeOperations(sim)

  isReady(async (request, response) => {
    const asked = new URL(request.url ?? '/', baseUrl)
    if (await control(request, response, asked)) return
    if (await answer(sim, router, log, request, response, asked)) return
    await parts.handle(request, response, asked, log, sim)
  })

  return {
    url,
    smtpPort: parts.smtpPort,
    async stop() {
      sim.timers.stop()
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
      await parts.close()
      sim.store.close()
    },
  }
}

async function listen(server: Server, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject)
      resolve()
    })
  })
}

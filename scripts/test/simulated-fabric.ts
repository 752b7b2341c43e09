import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Fabric, type FabricSettings, openFabric, usualPatience } from '@/lib/fabric/fabric'
import { demo, tenant as demoTenant } from '../../simulator/demo/tenant'
import { startSimulator } from '../../simulator/server'
import type { Tenant } from '../../simulator/tenant'

export type SimulatedCall = {
  readonly method: string
  readonly path: string
  readonly status: number | null
  readonly time: string
  readonly write: boolean
}

/** A simulator of a test file's own, on a free port, with a client on it. */
export async function startSimulatedFabric(tenant: Tenant = demoTenant) {
  const dataDir = await mkdtemp(join(tmpdir(), 'gatehouse-simulator-'))
  const simulator = await startSimulator({ port: 0, smtpPort: 0, dataDir, tenant })
  const { url } = simulator
  const control = async (method: string, path: string, body?: unknown) => {
    const response = await fetch(`${url}/_sim/${path}`, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
    return response.headers.get('content-type')?.includes('json') ? response.json() : null
  }
  const settings: FabricSettings = {
    identity: {
      authority: url,
      tenantId: tenant.tenantId,
      clientId: demo.applications.fabric.clientId,
      secret: demo.applications.fabric.secret,
      certificatePath: null,
    },
    http: {
      bases: { fabric: `${url}/v1`, 'power-bi': `${url}/v1.0/myorg` },
      scopes: {
        fabric: 'https://api.fabric.microsoft.com/.default',
        'power-bi': 'https://analysis.windows.net/powerbi/api/.default',
      },
      concurrency: 16,
      readMs: 20_000,
      writeMs: 3_000,
      retryForMs: 20_000,
    },
    patience: {
      ...usualPatience,
      operationMs: 6_000,
      jobMs: 20_000,
      shortestPollMs: 20,
      usualPollMs: 50,
      listLagMs: 500,
    },
  }
  const fabric: Fabric = openFabric(settings)
  return {
    url,
    smtpPort: simulator.smtpPort,
    fabric,
    settings,
    set: (change: Readonly<Record<string, unknown>>) => control('POST', 'settings', change),
    fault: (match: object, effect: object) => control('POST', 'faults', { match, effect }),
    clearFaults: () => control('DELETE', 'faults'),
    control,
    async calls(method?: string): Promise<SimulatedCall[]> {
      const answer = await control('GET', `calls${method ? `?method=${method}` : ''}`)
      return (answer as { value?: SimulatedCall[] }).value ?? (answer as SimulatedCall[])
    },
    clearCalls: () => control('DELETE', 'calls'),
    async stop() {
      await simulator.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

export type SimulatedFabric = Awaited<ReturnType<typeof startSimulatedFabric>>

import { type Env, env } from '@/lib/env/env'
import { type Identity, openTokens } from './auth'
import { type HttpSettings, openHttp, type Send } from './http'

/** How long the portal waits for what Fabric does in its own time. After that the outcome is unknown, never assumed. */
export type Patience = {
  readonly operationMs: number
  readonly jobMs: number
  readonly publishMs: number
  /** The shortest pause between two looks, whatever Retry-After says; and the pause when it says nothing. */
  readonly shortestPollMs: number
  readonly usualPollMs: number
  /** How long what Fabric has just made may be missing from its lists. */
  readonly listLagMs: number
}

export type FabricSettings = { readonly identity: Identity; readonly http: HttpSettings; readonly patience: Patience }

/** The client: what every operation file works with. One for each identity, since quota and tokens are the identity's. */
export type Fabric = { readonly send: Send; readonly patience: Patience; readonly writeMs: number }

export const usualPatience: Patience = {
  operationMs: 20 * 60_000,
  jobMs: 60 * 60_000,
  publishMs: 60 * 60_000,
  shortestPollMs: 100,
  usualPollMs: 3_000,
  listLagMs: 30_000,
}

/** A stand-in on this machine answers at once. */
const patienceOnLoopback: Patience = { ...usualPatience, shortestPollMs: 50, usualPollMs: 200, listLagMs: 1_500 }

export function fabricSettings(source: Env): FabricSettings {
  const isLoopback = ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(source.FABRIC_API_URL).hostname)
  return {
    identity: {
      authority: source.ENTRA_AUTHORITY,
      tenantId: source.ENTRA_TENANT_ID,
      clientId: source.FABRIC_CLIENT_ID,
      secret: source.FABRIC_CLIENT_SECRET ?? null,
      certificatePath: source.FABRIC_CERTIFICATE_PATH ?? null,
    },
    http: {
      bases: { fabric: source.FABRIC_API_URL, 'power-bi': source.POWER_BI_API_URL },
      scopes: {
        fabric: 'https://api.fabric.microsoft.com/.default',
        'power-bi': 'https://analysis.windows.net/powerbi/api/.default',
      },
      concurrency: 16,
      readMs: 100_000,
      writeMs: isLoopback ? 10_000 : 60_000,
      retryForMs: 5 * 60_000,
    },
    patience: isLoopback ? patienceOnLoopback : usualPatience,
  }
}

export function openFabric(settings: FabricSettings = fabricSettings(env())): Fabric {
  return {
    send: openHttp(settings.http, openTokens(settings.identity)),
    patience: settings.patience,
    writeMs: settings.http.writeMs,
  }
}

const held = globalThis as { gatehouseFabric?: Fabric }

/** The client of this process. */
export function fabric(): Fabric {
  held.gatehouseFabric ??= openFabric()
  return held.gatehouseFabric
}

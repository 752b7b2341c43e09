import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Tenant } from './tenant'

/** What every part of the simulator is given. `baseUrl` has no slash at its end; `dataDir` is the part's own folder and exists. */
export type PartContext = {
  readonly tenant: Tenant
  readonly baseUrl: string
  readonly smtpPort: number
  readonly dataDir: string
  /** Accept any bearer token as a tenant administrator (for outside clients). */
  readonly open: boolean
}

/** One stand-in (Fabric, Entra, Graph, mail…). `handle` answers and returns true, or returns false when the path is not its own. */
export type Part = {
  handle(request: IncomingMessage, response: ServerResponse, url: URL): Promise<boolean>
  close(): Promise<void>
}

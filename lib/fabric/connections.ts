import type { Fabric } from './fabric'
import { at } from './http'
import { runOperation } from './operations'
import { listAll } from './paging'
import { type Connection, connectionSchema, connectionStatusResponseSchema } from './schemas'

/** The connections that the service identity may see. */
export const listConnections = (fabric: Fabric): Promise<Connection[]> =>
  listAll(fabric, connectionSchema, { path: '/connections' })

/** Tries a connection with its stored credentials. The status is Fabric's word ("Online"), or null when it succeeded without one. */
export async function testConnection(fabric: Fabric, connectionId: string): Promise<string | null> {
  const request = { method: 'POST', path: at`/connections/${connectionId}/testConnection`, isRead: true } as const
  const result = await runOperation(fabric, request, connectionStatusResponseSchema)
  return result?.status ?? null
}

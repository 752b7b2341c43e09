import { notFound } from '../http/api-error'
import { type Call, ok, parameter, type Reply } from '../http/call'
import { type Route, route } from '../http/router'
import { zeroId } from '../store/ids'
import type { ConnectionRecord } from '../store/records'
import { start } from './operations'
import { page } from './paging'
import type { Context, Simulation } from './simulation'
import { defineTask } from './tasks'

export const connectionView = ({ offline: _, ...connection }: ConnectionRecord) => ({
  ...connection,
  privacyLevel: 'Organizational',
  allowConnectionUsageInGateway: false,
})

function requireConnection(sim: Simulation, id: string): ConnectionRecord {
  const connection = sim.store.connections.get(id)
  if (connection === undefined) throw notFound('ConnectionNotFound', 'The requested connection was not found')
  return connection
}

const list = (context: Context, call: Call): Reply =>
  page(context, call, context.sim.store.connections.all().map(connectionView))

const get = ({ sim }: Context, call: Call): Reply =>
  ok(connectionView(requireConnection(sim, parameter(call, 'connectionId'))))

const testTask = defineTask<{ connectionId: string }>('test-connection', (sim, { connectionId }) => {
  if (!requireConnection(sim, connectionId).offline) return { status: 'Online', errors: [] }
  const errors = [
    { errorCode: 'DM_GWPipeline_Client_GatewayUnreachable', message: 'The data source cannot be reached' },
  ]
  return { status: 'Offline', errors }
})

function test(context: Context, call: Call): Promise<Reply> {
  const { id } = requireConnection(context.sim, parameter(call, 'connectionId'))
  return start(context, { task: testTask, payload: { connectionId: id }, workspaceId: null, statusAtOnce: 200 })
}

/** Connections whose id stands in a part of an item, plus those bound by call. */
export function boundConnections(sim: Simulation, ids: readonly string[], parts: Iterable<Buffer>): ConnectionRecord[] {
  const text = [...parts].map(bytes => bytes.toString('latin1').toLowerCase()).join('\n')
  return sim.store.connections.filter(
    ({ id }) => id !== zeroId && (ids.includes(id) || text.includes(id.toLowerCase())),
  )
}

export const connectionRoutes: readonly Route<Context>[] = [
  route('GET', '/v1/connections', list),
  route('GET', '/v1/connections/{connectionId}', get),
  route('POST', '/v1/connections/{connectionId}/testConnection', test, 'read'),
]

import type { IncomingMessage, ServerResponse } from 'node:http'
import { seed } from '../fabric/seed'
import type { Simulation } from '../fabric/simulation'
import { notFound } from '../http/api-error'
import { type Call, ok, parameter, type Reply, readBody, readJson } from '../http/call'
import { createRouter, type Route, route } from '../http/router'
import { fabricError, send, toApiError } from '../http/send'
import type { CallLog } from './call-log'
import { editRoutes } from './edits'
import { faultSchema } from './faults'
import { indexPage } from './page'
import { firstSettings, settingsSchema } from './settings'
import { summary } from './summary'
import { workspaceControlRoutes } from './workspaces'

export type Control = { readonly sim: Simulation; readonly log: CallLog; readonly tenantDirectory: string }

const routes: readonly Route<Control>[] = [
  route('GET', '/_sim', ({ sim }) => indexPage(sim)),
  route('GET', '/_sim/settings', ({ sim }) => ok(sim.settings)),
  route('POST', '/_sim/settings', changeSettings),
  route('GET', '/_sim/faults', ({ sim }) => ok(sim.faults.list())),
  route('POST', '/_sim/faults', addFault),
  route('DELETE', '/_sim/faults', clearFaults),
  route('GET', '/_sim/faults/{id}', getFault),
  route('DELETE', '/_sim/faults/{id}', removeFault),
  route('GET', '/_sim/calls', listCalls),
  route('DELETE', '/_sim/calls', clearCalls),
  route('GET', '/_sim/state', ({ sim }) => ok(summary(sim))),
  route('POST', '/_sim/reset', reset),
  ...workspaceControlRoutes,
  ...editRoutes,
]

/** The control API; false when the path is not its own. */
export function createControl(sim: Simulation, log: CallLog, tenantDirectory: string) {
  const router = createRouter(routes)
  const control = { sim, log, tenantDirectory }
  return async (request: IncomingMessage, response: ServerResponse, url: URL): Promise<boolean> => {
    const method = request.method ?? 'GET'
    const matched = router.match(method, url.pathname)
    if (matched === null || matched === 'other-method') return false
    const call: Call = {
      method,
      url,
      headers: request.headers,
      body: await readBody(request),
      parameters: matched.parameters,
    }
    try {
      const reply = await matched.route.handle(control, call)
      sim.store.flush()
      send(response, reply)
    } catch (error) {
      send(response, fabricError(toApiError(error)))
    }
    return true
  }
}

function changeSettings({ sim }: Control, call: Call): Reply {
  sim.settings = { ...sim.settings, ...readJson(call, settingsSchema.partial()) }
  return ok(sim.settings)
}

function addFault({ sim }: Control, call: Call): Reply {
  return { status: 201, body: sim.faults.add(readJson(call, faultSchema)) }
}

function clearFaults({ sim }: Control): Reply {
  sim.faults.clear()
  return ok()
}

function getFault({ sim }: Control, call: Call): Reply {
  const fault = sim.faults.get(parameter(call, 'id'))
  if (fault === undefined) throw notFound('FaultNotFound', 'There is no such fault')
  return ok(fault)
}

function removeFault({ sim }: Control, call: Call): Reply {
  if (!sim.faults.remove(parameter(call, 'id'))) throw notFound('FaultNotFound', 'There is no such fault')
  return ok()
}

function listCalls({ log }: Control, call: Call): Reply {
  const query = call.url.searchParams
  return ok(log.list({ since: Number(query.get('since') ?? 0), method: query.get('method'), path: query.get('path') }))
}

function clearCalls({ log }: Control): Reply {
  log.clear()
  return ok()
}

async function reset({ sim, tenantDirectory }: Control): Promise<Reply> {
  sim.timers.cancelAll()
  sim.faults.clear()
  sim.settings = firstSettings
  sim.store.clear()
  await seed(sim, tenantDirectory)
  return ok(summary(sim))
}

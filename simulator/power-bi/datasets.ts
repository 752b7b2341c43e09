import { z } from 'zod'
import { liveItems, partsOf, storeParts } from '../fabric/item-store'
import { requireRole } from '../fabric/permission'
import type { Context, Simulation } from '../fabric/simulation'
import { zonedTime } from '../fabric/time'
import { badRequest } from '../http/api-error'
import { type Call, ok, parameter, type Reply, readJson } from '../http/call'
import { type Route, route } from '../http/router'
import type { ItemRecord } from '../store/records'
import { inBothForms, locate, requireOwner } from './locate'

function view(sim: Simulation, model: ItemRecord) {
  const owner =
    sim.tenant.people.find(person => person.objectId === model.ownerId)?.mail ??
    sim.tenant.applications.find(application => application.objectId === model.ownerId)?.displayName ??
    model.ownerId
  return {
    id: model.id,
    name: model.displayName,
    webUrl: `${sim.baseUrl}/groups/${model.workspaceId}/datasets/${model.id}`,
    addRowsAPIEnabled: false,
    configuredBy: owner,
    isRefreshable: true,
    isEffectiveIdentityRequired: false,
    isEffectiveIdentityRolesRequired: false,
    isOnPremGatewayRequired: false,
    targetStorageMode: 'Abf',
    createdDate: zonedTime(model.createdAt),
  }
}

function list(context: Context, call: Call): Reply {
  const { sim } = context
  const workspace = requireRole(context, parameter(call, 'groupId'), 'Viewer')
  const models = liveItems(sim, workspace.id).filter(item => item.type === 'SemanticModel')
  return ok({ value: models.map(model => view(sim, model)) })
}

const get = (context: Context, call: Call): Reply =>
  ok(view(context.sim, locate(context, call, 'SemanticModel', 'Viewer')))

function takeOver(context: Context, call: Call): Reply {
  const model = locate(context, call, 'SemanticModel', 'Contributor')
  context.sim.store.items.put({ ...model, ownerId: context.caller.id })
  return ok()
}

const expressionsPath = 'definition/expressions.tmdl'
const parameterPattern =
  /^expression ('[^']+'|\S+) = ("(?:[^"]|"")*"|[^\s]+) meta \[([^\]]*IsParameterQuery *= *true[^\]]*)\]/gim

type Parameter = { readonly name: string; readonly value: string; readonly type: string; readonly isRequired: boolean }

function readParameters(text: string): Parameter[] {
  return [...text.matchAll(parameterPattern)].map(([, name = '', value = '', meta = '']) => ({
    name: name.replace(/^'|'$/g, ''),
    value: value.replace(/^"|"$/g, '').replaceAll('""', '"'),
    type: /Type *= *"(\w+)"/.exec(meta)?.[1] ?? 'Text',
    isRequired: /IsParameterQueryRequired *= *true/i.test(meta),
  }))
}

function parameters(context: Context, call: Call): Reply {
  const model = locate(context, call, 'SemanticModel', 'Viewer')
  const text = partsOf(context.sim, model).get(expressionsPath)?.toString('utf8') ?? ''
  const value = readParameters(text).map(({ name, type, value: currentValue, isRequired }) => ({
    name,
    type,
    isRequired,
    currentValue,
  }))
  return ok({ value })
}

const updateBody = z.object({
  updateDetails: z
    .array(z.object({ name: z.string(), newValue: z.string() }))
    .min(1)
    .max(100),
})

function updateParameters(context: Context, call: Call): Reply {
  const { sim } = context
  const model = locate(context, call, 'SemanticModel', 'Contributor')
  requireOwner(context, model)
  const parts = partsOf(sim, model)
  const text = parts.get(expressionsPath)?.toString('utf8') ?? ''
  const known = readParameters(text)
  const { updateDetails } = readJson(call, updateBody)
  for (const { name } of updateDetails) {
    const own = known.find(one => one.name === name)
    if (own === undefined) throw badRequest('ParameterNotFound', `The model has no parameter '${name}'`)
    if (['Any', 'Binary'].includes(own.type)) throw badRequest('ParameterTypeNotSupported', `'${name}' is ${own.type}`)
  }
  const values = new Map(updateDetails.map(({ name, newValue }) => [name, newValue]))
  const changed = text.replace(parameterPattern, (whole: string, name: string, value: string) => {
    const next = values.get(name.replace(/^'|'$/g, ''))
    if (next === undefined) return whole
    const written = value.startsWith('"') ? `"${next.replaceAll('"', '""')}"` : next
    return whole.replace(` = ${value} meta`, () => ` = ${written} meta`)
  })
  parts.set(expressionsPath, Buffer.from(changed))
  sim.store.items.put({ ...model, parts: storeParts(sim, parts), changedAt: Date.now() })
  return ok()
}

export const datasetRoutes: readonly Route<Context>[] = [
  route('GET', '/v1.0/myorg/groups/{groupId}/datasets', list),
  ...inBothForms('/datasets/{datasetId}').flatMap(path => [
    route<Context>('GET', path, get),
    route<Context>('GET', `${path}/parameters`, parameters),
    route<Context>('POST', `${path}/Default.TakeOver`, takeOver),
    route<Context>('POST', `${path}/Default.UpdateParameters`, updateParameters),
  ]),
]

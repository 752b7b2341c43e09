import { z } from 'zod'
import { liveItems, partsOf } from '../fabric/item-store'
import { modelOf } from '../fabric/model-binding'
import { requireRole } from '../fabric/permission'
import type { Context, Simulation } from '../fabric/simulation'
import { notFound } from '../http/api-error'
import { type Call, ok, parameter, type Reply, readJson } from '../http/call'
import { type Route, route } from '../http/router'
import type { ItemRecord } from '../store/records'
import { inBothForms, locate } from './locate'

function view(sim: Simulation, report: ItemRecord) {
  const datasetId = modelOf(sim, report)
  const address = `${sim.baseUrl}/groups/${report.workspaceId}/reports/${report.id}`
  return {
    id: report.id,
    name: report.displayName,
    description: report.description,
    reportType: 'PowerBIReport',
    webUrl: address,
    embedUrl: `${sim.baseUrl}/reportEmbed?reportId=${report.id}&groupId=${report.workspaceId}`,
    ...(datasetId !== null && { datasetId }),
  }
}

function list(context: Context, call: Call): Reply {
  const { sim } = context
  const workspace = requireRole(context, parameter(call, 'groupId'), 'Viewer')
  const reports = liveItems(sim, workspace.id).filter(item => item.type === 'Report')
  return ok({ value: reports.map(report => view(sim, report)) })
}

const get = (context: Context, call: Call): Reply => ok(view(context.sim, locate(context, call, 'Report', 'Viewer')))

export type ReportPage = { readonly name: string; readonly displayName: string; readonly order: number }

const pageSchema = z.object({ name: z.string(), displayName: z.string() })
const legacySchema = z.object({ sections: z.array(pageSchema) })

/** The pages of a report, in both of its formats. */
export function pagesOf(sim: Simulation, report: ItemRecord): ReportPage[] {
  const parts = partsOf(sim, report)
  const found = [...parts]
    .filter(([path]) => /^definition\/pages\/[^/]+\/page\.json$/.test(path))
    .map(([, bytes]) => pageSchema.safeParse(parse(bytes)))
    .flatMap(page => (page.success ? [page.data] : []))
  const legacy = legacySchema.safeParse(parse(parts.get('report.json') ?? Buffer.from('{}')))
  const pages = found.length > 0 ? inOrder(found, parts.get('definition/pages/pages.json')) : []
  const all = pages.length > 0 || !legacy.success ? pages : legacy.data.sections
  return all.map(({ name, displayName }, order) => ({ name, displayName, order }))
}

function inOrder(
  pages: readonly z.infer<typeof pageSchema>[],
  order: Buffer | undefined,
): z.infer<typeof pageSchema>[] {
  const listed = z.object({ pageOrder: z.array(z.string()) }).safeParse(order === undefined ? null : parse(order))
  const place = (name: string): number => (listed.success ? listed.data.pageOrder.indexOf(name) : 0)
  return [...pages].sort((a, b) => place(a.name) - place(b.name))
}

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8').replace(/^\uFEFF/, ''))
  } catch {
    return null
  }
}

const pages = (context: Context, call: Call): Reply =>
  ok({ value: pagesOf(context.sim, locate(context, call, 'Report', 'Viewer')) })

function rebind(context: Context, call: Call): Reply {
  const { sim } = context
  const report = locate(context, call, 'Report', 'Contributor')
  const { datasetId } = readJson(call, z.object({ datasetId: z.string() }))
  const model = sim.store.items.get(datasetId)
  if (model?.type !== 'SemanticModel' || model.deletedAt !== null) {
    throw notFound('PowerBIEntityNotFound', 'The semantic model was not found')
  }
  requireRole(context, model.workspaceId, 'Viewer')
  sim.store.items.put({ ...report, reboundTo: model.id, changedAt: Date.now() })
  return ok()
}

export const reportRoutes: readonly Route<Context>[] = [
  route('GET', '/v1.0/myorg/groups/{groupId}/reports', list),
  ...inBothForms('/reports/{reportId}').flatMap(path => [
    route<Context>('GET', path, get),
    route<Context>('GET', `${path}/pages`, pages),
    route<Context>('POST', `${path}/Rebind`, rebind),
  ]),
]

import { z } from 'zod'
import { takeOutcome } from '../fabric/jobs'
import { modelOf } from '../fabric/model-binding'
import { findWorkspace, requireCapacity } from '../fabric/permission'
import type { Context, Simulation } from '../fabric/simulation'
import { zonedTime } from '../fabric/time'
import { badRequest, notFound } from '../http/api-error'
import { type Call, ok, parameter, type Reply, readJson } from '../http/call'
import { type Route, route } from '../http/router'
import { newId } from '../store/ids'
import type { ExportRecord } from '../store/records'
import { inBothForms, locate } from './locate'
import { pdfDocument } from './pdf'
import { pagesOf } from './reports'

const body = z.object({
  format: z.string(),
  powerBIReportConfiguration: z.object({ pages: z.array(z.object({ pageName: z.string() })).optional() }).optional(),
})

const dayMs = 86_400_000

function start(context: Context, call: Call): Reply {
  const { sim } = context
  const report = locate(context, call, 'Report', 'Viewer')
  const workspace = findWorkspace(sim, report.workspaceId)
  if (workspace.capacityId === null) throw badRequest('NoCapacity', 'Exports need a workspace on a capacity')
  requireCapacity(sim, workspace, report.type)
  const input = readJson(call, body)
  const format = input.format.toUpperCase()
  if (format !== 'PDF') throw badRequest('ExportFormatNotSupported', `The simulator exports PDF, not ${input.format}`)
  const known = pagesOf(sim, report)
  const asked = input.powerBIReportConfiguration?.pages?.map(page => page.pageName) ?? known.map(page => page.name)
  const pages = asked.map(name => {
    const page = known.find(own => own.name === name)
    if (page === undefined && known.length > 0) throw badRequest('InvalidRequest', `The report has no page '${name}'`)
    return page?.displayName ?? name
  })
  const model = sim.store.items.get(modelOf(sim, report) ?? '')
  const canRead = model !== undefined && model.deletedAt === null && !model.sourceBroken
  const now = Date.now()
  const created = sim.store.exports.put({
    id: newId(),
    reportId: report.id,
    reportName: report.displayName,
    format,
    pages,
    createdAt: now,
    endsAt: now + sim.settings.exportMs,
    outcome: takeOutcome(context, report, canRead ? 'Succeeded' : 'Failed'),
  })
  return { status: 202, body: view(sim, created, call.url.pathname.replace(/ExportTo\/?$/i, `exports/${created.id}`)) }
}

function statusOf(own: ExportRecord): string {
  return own.endsAt > Date.now() ? 'Running' : own.outcome
}

function view(sim: Simulation, own: ExportRecord, path: string) {
  const status = statusOf(own)
  return {
    id: own.id,
    reportId: own.reportId,
    reportName: own.reportName,
    createdDateTime: zonedTime(own.createdAt),
    lastActionDateTime: zonedTime(Math.min(Date.now(), own.endsAt)),
    status,
    percentComplete: status === 'Running' ? 50 : 100,
    ...(status === 'Succeeded' && {
      resourceLocation: `${sim.baseUrl}${path}/file`,
      ResourceFileExtension: `.${own.format.toLowerCase()}`,
      expirationTime: zonedTime(own.endsAt + dayMs),
    }),
  }
}

function requireExport(context: Context, call: Call): ExportRecord {
  const report = locate(context, call, 'Report', 'Viewer')
  const own = context.sim.store.exports.get(parameter(call, 'exportId'))
  if (own?.reportId !== report.id) throw notFound('ExportNotFound', 'The export was not found')
  return own
}

function get(context: Context, call: Call): Reply {
  const own = requireExport(context, call)
  const isRunning = statusOf(own) === 'Running'
  return {
    status: isRunning ? 202 : 200,
    body: view(context.sim, own, call.url.pathname),
    ...(isRunning && { headers: { 'Retry-After': String(context.sim.settings.retryAfterSeconds) } }),
  }
}

function file(context: Context, call: Call): Reply {
  const own = requireExport(context, call)
  if (statusOf(own) !== 'Succeeded') throw badRequest('ExportNotReady', 'There is no file of the export')
  if (own.endsAt + dayMs < Date.now()) throw notFound('ExportExpired', 'The file of the export has expired')
  const bytes = pdfDocument(own.reportName, own.pages.length === 0 ? [own.reportName] : own.pages)
  return { ...ok(bytes), headers: { 'Content-Type': 'application/pdf' } }
}

export const exportRoutes: readonly Route<Context>[] = inBothForms('/reports/{reportId}').flatMap(path => [
  route<Context>('POST', `${path}/ExportTo`, start, 'read'),
  route<Context>('GET', `${path}/exports/{exportId}`, get),
  route<Context>('GET', `${path}/exports/{exportId}/file`, file),
])

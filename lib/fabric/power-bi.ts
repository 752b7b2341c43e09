import { FabricError } from './errors'
import type { Fabric } from './fabric'
import { at } from './http'
import { pollMs, unknownEnd } from './operations'
import { parseBody } from './parse'
import { executeQueriesResponseSchema, exportSchema, refreshSchema } from './schemas'
import { pause } from './time'

const host = 'power-bi' as const
type In = { readonly workspaceId: string }

/** Runs one DAX query and gives its rows. */
export async function executeQuery(
  fabric: Fabric,
  { workspaceId, modelId, dax }: In & { modelId: string; dax: string },
): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const path = at`/groups/${workspaceId}/datasets/${modelId}/executeQueries`
  const request = { method: 'POST', path, host, isRead: true, body: { queries: [{ query: dax }] } } as const
  const { results } = parseBody(executeQueriesResponseSchema, (await fabric.send(request)).body, request)
  const [first] = results
  if (first?.error) throw askedInVain(`POST ${path}`, `the query failed: ${JSON.stringify(first.error)}`)
  return first?.tables?.[0]?.rows ?? []
}

/** Renders a report to PDF and gives the document. */
export async function exportReport(
  fabric: Fabric,
  { workspaceId, reportId }: In & { reportId: string },
): Promise<Uint8Array> {
  const base = at`/groups/${workspaceId}/reports/${reportId}`
  const start = { method: 'POST', path: `${base}/ExportTo`, host, isRead: true, body: { format: 'PDF' } } as const
  const answer = await fabric.send(start)
  const { id } = parseBody(exportSchema, answer.body, start)
  const until = Date.now() + fabric.patience.operationMs
  for (;;) {
    const look = { method: 'GET', path: `${base}${at`/exports/${id}`}`, host } as const
    const state = await fabric.send(look)
    const { data } = exportSchema.safeParse(state.body)
    if (data?.status === 'Failed') throw askedInVain(`POST ${start.path}`, 'Power BI could not render the report')
    if (data?.status === 'Succeeded')
      return (await fabric.send({ ...look, path: `${look.path}/file`, accept: 'bytes' })).bytes
    const waitMs = pollMs(fabric, state)
    if (Date.now() + waitMs > until) throw unknownEnd(`POST ${start.path}`, 'the report was not rendered in time')
    await pause(waitMs)
  }
}

/** Starts a refresh of a model and waits for its end: Power BI's word for how it ended. */
export async function refreshModel(
  fabric: Fabric,
  { workspaceId, modelId }: In & { modelId: string },
): Promise<{ status: string; message: string | null }> {
  const path = at`/groups/${workspaceId}/datasets/${modelId}/refreshes`
  const answer = await fabric.send({ method: 'POST', path, host, body: { type: 'Full' } })
  const refreshId =
    /\/refreshes\/([^/?]+)/i.exec(answer.headers.location ?? '')?.[1] ?? answer.headers['x-ms-request-id']
  if (refreshId === undefined) throw unknownEnd(`POST ${path}`, 'Power BI started a refresh and did not say which')
  const until = Date.now() + fabric.patience.jobMs
  for (;;) {
    const look = await fabric.send({ method: 'GET', path: `${path}${at`/${refreshId}`}`, host })
    const { data } = refreshSchema.safeParse(look.body)
    const status = data?.extendedStatus ?? data?.status ?? 'Unknown'
    if (look.status !== 202 && !['Unknown', 'NotStarted', 'InProgress'].includes(status))
      return { status, message: data?.serviceExceptionJson ?? null }
    const waitMs = pollMs(fabric, look)
    if (Date.now() + waitMs > until) throw unknownEnd(`POST ${path}`, 'the refresh had not ended in time')
    await pause(waitMs)
  }
}

export async function rebindReport(
  fabric: Fabric,
  { workspaceId, reportId, modelId }: In & { reportId: string; modelId: string },
): Promise<void> {
  const path = at`/groups/${workspaceId}/reports/${reportId}/Rebind`
  await fabric.send({ method: 'POST', path, host, body: { datasetId: modelId } })
}

/** Makes the service identity the owner of a model, so that it may bind its connections. */
export async function takeOverModel(fabric: Fabric, { workspaceId, modelId }: In & { modelId: string }): Promise<void> {
  const path = at`/groups/${workspaceId}/datasets/${modelId}/Default.TakeOver`
  await fabric.send({ method: 'POST', path, host })
}

/** Something was asked that changes nothing, and it is known to have failed. */
const askedInVain = (call: string, message: string): FabricError =>
  new FabricError({ errorCode: 'Failed', message, status: 200, kind: 'terminal', call })

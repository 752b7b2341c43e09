import type { Fabric } from './fabric'
import { at } from './http'
import { pollMs, unknownEnd } from './operations'
import { parseBody } from './parse'
import { type ItemJobInstance, itemJobInstanceSchema } from './schemas'
import { pause } from './time'

type Job = { readonly workspaceId: string; readonly itemId: string; readonly jobType: string }

/** Starts a job and gives the id of its instance, which Fabric tells in `Location` only. */
export async function startJob(fabric: Fabric, { workspaceId, itemId, jobType }: Job): Promise<string> {
  const path = at`/workspaces/${workspaceId}/items/${itemId}/jobs/${jobType}/instances`
  const answer = await fabric.send({ method: 'POST', path })
  const instanceId = /\/instances\/([^/?]+)/i.exec(answer.headers.location ?? '')?.[1]
  if (instanceId === undefined) throw unknownEnd(`POST ${path}`, 'Fabric started a job and did not say which')
  return instanceId
}

/** Waits for the end of a job. An answer without a known status is looked at again. */
export async function waitForJob(
  fabric: Fabric,
  { workspaceId, itemId, jobInstanceId }: { workspaceId: string; itemId: string; jobInstanceId: string },
  deadlineMs: number = fabric.patience.jobMs,
): Promise<ItemJobInstance> {
  const request = {
    method: 'GET',
    path: at`/workspaces/${workspaceId}/items/${itemId}/jobs/instances/${jobInstanceId}`,
  } as const
  const until = Date.now() + deadlineMs
  for (;;) {
    const answer = await fabric.send(request)
    const parsed = itemJobInstanceSchema.safeParse(answer.body)
    if (parsed.success && !['NotStarted', 'InProgress', 'Undefined'].includes(parsed.data.status)) return parsed.data
    const waitMs = pollMs(fabric, answer)
    if (Date.now() + waitMs > until) throw unknownEnd(`GET ${request.path}`, 'the job had not ended in time')
    await pause(waitMs)
  }
}

/** The newest instances of an item's jobs. */
export async function listJobs(fabric: Fabric, workspaceId: string, itemId: string): Promise<ItemJobInstance[]> {
  const request = { method: 'GET', path: at`/workspaces/${workspaceId}/items/${itemId}/jobs/instances` } as const
  const { body } = await fabric.send(request)
  return parseBody(itemJobInstanceSchema.array(), (body as { value?: unknown } | null)?.value ?? [], request)
}

export const jobTypeOf = (itemType: string): string | null =>
  ({ Notebook: 'RunNotebook', DataPipeline: 'Pipeline', SparkJobDefinition: 'sparkjob' })[itemType] ?? null

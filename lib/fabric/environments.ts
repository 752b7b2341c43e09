import type { Fabric } from './fabric'
import { at } from './http'
import { runOperation, type Started } from './operations'

/** Makes the staged content of an Environment item the one that notebooks run with; takes minutes. */
export async function publishEnvironment(
  fabric: Fabric,
  workspaceId: string,
  environmentId: string,
  onStarted?: (started: Started) => Promise<void>,
): Promise<void> {
  const request = {
    method: 'POST',
    path: at`/workspaces/${workspaceId}/environments/${environmentId}/staging/publish`,
    query: { beta: 'false' },
  } as const
  await runOperation(fabric, request, null, { deadlineMs: fabric.patience.publishMs, ...(onStarted && { onStarted }) })
}

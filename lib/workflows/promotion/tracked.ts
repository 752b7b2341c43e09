import type { Started } from '@/lib/fabric/operations'
import { intend, settle, started } from './intent'
import type { Run } from './run'

/** Sends a write whose repetition changes nothing. An operation that Fabric makes of it is remembered until its end is known. */
export async function tracked(
  run: Run,
  call: string,
  send: (onStarted: (operation: Started) => Promise<void>) => Promise<void>,
): Promise<void> {
  const taken: Awaited<ReturnType<typeof intend>>[] = []
  await send(async ({ operationId }) => {
    const intent = await intend(run, `${operationKey}${operationId}`, call)
    await started(run, intent, operationId)
    taken.push(intent)
  })
  for (const intent of taken) await settle(run, intent, { status: 'Succeeded' })
}

export const operationKey = 'operation:'

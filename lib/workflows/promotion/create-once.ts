import { FabricError, hasErrorCode, isAmbiguous } from '@/lib/fabric/errors'
import { createItem, listItems, type NewItem } from '@/lib/fabric/items'
import { unknownEnd, waitForOperation } from '@/lib/fabric/operations'
import { itemSchema } from '@/lib/fabric/schemas'
import { pause } from '@/lib/fabric/time'
import { type Intent, intend, renew, settle, started } from './intent'
import { justNow, lookUntilQuiet } from './look'
import { requireOwn } from './progress'
import type { Run } from './run'

/** `isAdopted`: it was there already, made by a call whose answer was lost; its definition has to be written again. */
export type CreatedItem = { readonly id: string; readonly isAdopted: boolean }

const inUse = ['ItemDisplayNameAlreadyInUse', 'ItemDisplayNameNotAvailableYet']
const mostSendings = 3

/**
 * Makes an item exactly once. The intent is committed first; what an earlier call may have made is looked for by type and name, and
 * adopted, before anything is sent again.
 */
export async function createOnce(run: Run, key: string, item: NewItem): Promise<CreatedItem> {
  const call = `create ${item.type} ${item.displayName} in ${run.environment.workspaceId}`
  let intent = await intend(run, key, call)
  const known = intent.settled as CreatedItem | null
  if (known !== null) return known
  let found = intent.isNew ? null : await earlierResult(run, intent, item)
  for (let sending = 1; found === null; sending += 1) {
    if (sending > mostSendings) throw unknownEnd(call, `${item.type} ${item.displayName} was sent and never appeared`)
    await requireOwn(run)
    found = await send(run, intent, item)
    if (found !== null) break
    await renew(run, intent)
    intent = await intend(run, key, call)
  }
  await settle(run, intent, found)
  return found
}

async function earlierResult(run: Run, intent: Intent, item: NewItem): Promise<CreatedItem | null> {
  if (intent.operationId !== null) {
    const result = await resultOf(run, intent.operationId, intent.call)
    if (result !== null) return { id: result.id, isAdopted: false }
  }
  return adopt(run, intent, item)
}

async function resultOf(run: Run, operationId: string, call: string) {
  try {
    return await waitForOperation(run.fabric, operationId, itemSchema, { call })
  } catch (error) {
    const isLost = error instanceof FabricError && /no longer knows/.test(error.message)
    if (isLost || !isAmbiguous(error)) return null
    throw error
  }
}

async function send(run: Run, intent: Intent, item: NewItem): Promise<CreatedItem | null> {
  let operationId: string | null = null
  try {
    const made = await createWhenFree(run, item, async start => {
      operationId = start.operationId
      await started(run, intent, start.operationId)
    })
    return made === null ? await adopt(run, justNow(run, intent), item) : { id: made.id, isAdopted: false }
  } catch (error) {
    if (!(error instanceof FabricError)) throw error
    // Still running, for all we know: to send it again could make a second one.
    if (error.kind === 'ambiguous' && operationId !== null) throw error
    const isHopeless = error.kind === 'terminal' && !hasErrorCode(error, ...inUse)
    const found = await (isHopeless ? findItem(run, item) : adopt(run, justNow(run, intent), item))
    if (found !== null) return found
    if (error.kind === 'ambiguous') return null
    throw error
  }
}

/** Fabric keeps the name of a deleted item for some minutes. */
async function createWhenFree(run: Run, item: NewItem, onStarted: Parameters<typeof createItem>[3]) {
  const { fabric, environment } = run
  const until = Date.now() + fabric.patience.operationMs
  for (;;) {
    try {
      return await createItem(fabric, environment.workspaceId, item, onStarted)
    } catch (error) {
      if (!hasErrorCode(error, 'ItemDisplayNameNotAvailableYet') || Date.now() > until) throw error
      await pause(fabric.patience.usualPollMs * 5)
    }
  }
}

const adopt = (run: Run, intent: Intent, item: NewItem): Promise<CreatedItem | null> =>
  lookUntilQuiet(run, intent, () => findItem(run, item))

async function findItem(run: Run, item: NewItem): Promise<CreatedItem | null> {
  const items = await listItems(run.fabric, run.environment.workspaceId, item.type)
  const name = item.displayName.toLowerCase()
  const found = items.find(one => one.type === item.type && one.displayName.toLowerCase() === name)
  return found === undefined ? null : { id: found.id, isAdopted: true }
}

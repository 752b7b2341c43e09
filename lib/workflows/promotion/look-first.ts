import { waitForDeployment } from '@/lib/fabric/deployment-pipelines'
import { FabricError } from '@/lib/fabric/errors'
import { waitForOperation } from '@/lib/fabric/operations'
import { settle } from './intent'
import { pipelineOf } from './prepare'
import { progress } from './progress'
import type { Run } from './run'
import { type Done, done, fail } from './step'
import { operationKey } from './tracked'

type Taken = { readonly id: string; readonly key: string; readonly call: string; readonly operationId: string }

/**
 * What an earlier run left under way is asked after before anything is written: while Fabric does not say how a call of it ended,
 * nothing more is sent. In a first run there is nothing to ask after.
 */
export async function lookFirst(run: Run): Promise<Done<true>> {
  const where = { promotionId: run.promotionId, settledAt: null, key: { not: { startsWith: 'job:' } } }
  const rows = await run.db.fabricIntent.findMany({ where, orderBy: { intendedAt: 'asc' } })
  const taken = rows.flatMap(row => (row.operationId === null ? [] : [{ ...row, operationId: row.operationId }]))
  const answers = await Promise.all(taken.map(one => openQuestion(run, one)))
  const open = answers.filter(answer => answer !== null)
  if (open.length === 0) return done(true)
  const more = open.length > 5 ? ` and ${open.length - 5} more` : ''
  const message = `Fabric still does not say how this ended: ${open.slice(0, 5).join('; ')}${more}. Nothing was sent again.`
  await progress(run, 'read', '', 'failed', message)
  return fail('unknown', message)
}

/** Null when Fabric has told how the call ended, or has forgotten it so that only what is in the workspace can tell. */
async function openQuestion(run: Run, taken: Taken): Promise<string | null> {
  try {
    await endOf(run, taken)
  } catch (error) {
    if (!(error instanceof FabricError)) throw error
    const isForgotten = error.errorCode === 'UnknownEnd' && /no longer knows/.test(error.message)
    const hasFailed = error.status === 200
    if (!isForgotten && !hasFailed) return `${taken.call} (${error.message})`
  }
  if (taken.key.startsWith(operationKey)) await settle(run, taken, { isOver: true })
  return null
}

async function endOf(run: Run, { key, call, operationId }: Taken): Promise<void> {
  const pipelineId = pipelineOf(run)
  if (key.startsWith('deploy:') && pipelineId !== null) await waitForDeployment(run.fabric, pipelineId, operationId)
  else await waitForOperation(run.fabric, operationId, null, { call })
}

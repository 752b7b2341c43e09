import { DBOS } from '@dbos-inc/dbos-sdk'
import { loadConfiguration } from '@/lib/configuration/queries'
import { type Db, db } from '@/lib/db/client'
import { type Hop, hopEnds } from '@/lib/environment/hop'
import { FabricError } from '@/lib/fabric/errors'
import { type Fabric, fabric } from '@/lib/fabric/fabric'
import { readTarget } from '@/lib/fabric/read-workspace'
import { storePlan } from '@/lib/promotion/commands/store-plan'
import type { Plan, Strategy } from '@/lib/promotion/plan'
import { planPromotion } from '@/lib/promotion/plan-promotion'
import { loadSnapshot } from '@/lib/release/load-snapshot'
import { log } from './log'
import { readFacts } from './promotion/facts'
import { inputOf } from './promotion/prepare'

/** Makes the plan of a ticket against the target as it is now, and stores it when it says something new. Fabric away: tried again. */
export async function makePlan({ ticketId }: { ticketId: string }): Promise<void> {
  await DBOS.runStep(() => planNow(db(), fabric(), ticketId), {
    name: 'make plan',
    retriesAllowed: true,
    maxAttempts: 12,
    intervalSeconds: 2,
    backoffRate: 1.8,
    shouldRetry: error => !(error instanceof FabricError) || error.kind !== 'terminal',
  })
}

/** The same outside a workflow. */
export async function planNow(database: Db, client: Fabric, ticketId: string): Promise<Plan | null> {
  const ticket = await database.ticket.findUnique({ where: { id: ticketId }, select: { status: true } })
  if (ticket?.status !== 'open') return null
  const plan = await readPlan(database, client, ticketId)
  await storePlan(database, ticketId, plan)
  log().info({ ticketId, counts: plan.counts, blockers: plan.blockers.length }, 'plan made')
  return plan
}

/** What a promotion of the ticket's release would do to its target as that is now. Stores nothing. */
export async function readPlan(database: Db, client: Fabric, ticketId: string): Promise<Plan> {
  const { project, environment, release, hop } = await database.ticket.findUniqueOrThrow({
    where: { id: ticketId },
    include: { hop: true, environment: true, release: true, project: true },
  })
  const { source: stageTier, target } = hopEnds[hop.hop as Hop]
  const strategy = project.strategy as Strategy
  const configuration = await loadConfiguration(database, project.id)
  const deploymentPipelineId = strategy === 'deployment-pipeline' ? project.deploymentPipelineId : null
  const [snapshot, state, facts] = await Promise.all([
    loadSnapshot(database, release.snapshotId),
    readTarget(client, environment.workspaceId),
    readFacts(database, client, { projectId: project.id, target, stageTier, deploymentPipelineId, configuration }),
  ])
  return planPromotion(inputOf({ environment: { tier: target }, strategy }, snapshot, state, facts, configuration))
}

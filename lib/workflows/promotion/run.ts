import type { Db } from '@/lib/db/client'
import { type Hop, hopEnds } from '@/lib/environment/hop'
import type { Tier } from '@/lib/environment/tier'
import type { Fabric } from '@/lib/fabric/fabric'
import { ticketNumber } from '@/lib/kernel/ticket-number'
import type { Strategy } from '@/lib/promotion/plan'

/** A promotion that this process works on. Every write of it carries the epoch: one that another process has taken over changes nothing. */
export type Run = {
  readonly db: Db
  readonly fabric: Fabric
  readonly promotionId: string
  readonly epoch: number
  readonly projectId: string
  readonly ticketId: string
  readonly ticketNumber: string
  readonly planId: string
  readonly strategy: Strategy
  readonly startedBy: string
  readonly release: {
    readonly id: string
    readonly number: string
    readonly digest: string
    readonly snapshotId: string
  }
  readonly environment: {
    readonly id: string
    readonly tier: Tier
    readonly workspaceId: string
    readonly workspaceName: string
  }
  /** The tier that the hop comes from. The release itself holds the values of Dev, in whichever hop. */
  readonly stageTier: Tier
  readonly smokeTests: readonly string[]
  readonly deploymentPipelineId: string | null
}

/** Takes the promotion for this execution by raising its epoch. Null when it has ended, or waits for a person. */
export async function takeOver(db: Db, fabric: Fabric, promotionId: string): Promise<Run | null> {
  const taken = await db.promotion.updateManyAndReturn({
    where: { id: promotionId, phase: { in: ['queued', 'running', 'validating'] } },
    data: { epoch: { increment: 1 } },
    select: { epoch: true },
  })
  const [claim] = taken
  if (claim === undefined) return null
  const promotion = await db.promotion.findUniqueOrThrow({
    where: { id: promotionId },
    include: { ticket: { include: { release: true, project: true, hop: true } }, environment: true },
  })
  const { ticket, environment } = promotion
  const { release, project } = ticket
  return {
    db,
    fabric,
    promotionId,
    epoch: claim.epoch,
    projectId: project.id,
    ticketId: ticket.id,
    ticketNumber: ticketNumber(ticket.number),
    planId: promotion.planId,
    strategy: promotion.strategy as Strategy,
    startedBy: promotion.startedBy,
    release: { id: release.id, number: release.number, digest: release.digest, snapshotId: release.snapshotId },
    environment: {
      id: environment.id,
      tier: environment.tier as Tier,
      workspaceId: environment.workspaceId,
      workspaceName: environment.workspaceName,
    },
    stageTier: hopEnds[ticket.hop.hop as Hop].source,
    smokeTests: project.smokeTests,
    deploymentPipelineId: project.deploymentPipelineId,
  }
}

import type { Db } from '@/lib/db/client'
import { hops } from '@/lib/environment/hop'
import { tierFacts, tiers } from '@/lib/environment/tier'
import type { Fabric } from '@/lib/fabric/fabric'
import { readWorkspace } from '@/lib/fabric/read-workspace'
import { criteriaOf } from '@/lib/gate/criteria'
import { portal } from '@/lib/kernel/context'
import { newId } from '@/lib/kernel/ids'
import { promote } from '@/lib/promotion/commands/promote'
import type { Plan } from '@/lib/promotion/plan'
import { storeSnapshot } from '@/lib/release/store-snapshot'
import { openTicket } from '@/lib/ticket/commands/open-ticket'
import { planNow } from '@/lib/workflows/make-plan'
import { demo } from '../../simulator/demo/tenant'
import { demoVariables } from '../../simulator/demo/variables'
import { demoRules } from '../seed/bootstrap'

export type DemoProject = { readonly id: string; readonly strategy: string }

const labels: Readonly<Record<string, string>> = { dev: 'Dev', test: 'Test', uat: 'UAT', prod: 'Prod' }

/** The project of the simulator's demo tenant, linked to its four workspaces, with variables and rules. */
export async function givenDemoProject(
  db: Db,
  options: { strategy?: 'definitions' | 'deployment-pipeline'; smokeTests?: string[] } = {},
): Promise<DemoProject> {
  const id = newId()
  const createdAt = new Date()
  const strategy = options.strategy ?? 'definitions'
  const named = { slug: `claims-${id.slice(-6)}`, name: `Claims-${id.slice(-6)}` }
  const run = { strategy, deploymentPipelineId: demo.deploymentPipeline, smokeTests: options.smokeTests ?? [] }
  await db.project.create({ data: { id, ...named, ...run, createdAt } })
  await db.environment.createMany({
    data: tiers.map(tier => {
      const { purpose, data: dataClass, access } = tierFacts[tier]
      const workspaceName = `${demo.project}-${labels[tier]}`
      const linked = { workspaceId: demo.workspaces[tier], workspaceName, linkedAt: createdAt }
      return { id: newId(), projectId: id, tier, ...linked, purpose, dataClass, access }
    }),
  })
  await db.hop.createMany({ data: hops.map(hop => ({ id: newId(), projectId: id, hop })) })
  await db.variable.createMany({ data: demoVariables.map(variable => ({ id: newId(), projectId: id, ...variable })) })
  await db.rule.createMany({
    data: demoRules.map((definition, position) => ({
      id: newId(),
      projectId: id,
      position,
      kind: definition.kind,
      definition,
    })),
  })
  return { id, strategy }
}

/** A release of what Dev holds now. */
export async function givenRelease(db: Db, fabric: Fabric, project: DemoProject): Promise<string> {
  const snapshot = await readWorkspace(fabric, demo.workspaces.dev)
  const id = newId()
  const createdAt = new Date()
  const commit = id.replaceAll('-', '').padEnd(40, '0')
  await db.$transaction(
    async tx => {
      const stored = await storeSnapshot(tx, {
        projectId: project.id,
        purpose: 'release',
        snapshot,
        takenAt: createdAt,
      })
      const named = { number: `2026.11.${id.slice(-6)}`, title: 'A release', commit, branch: 'main', notes: 'Notes' }
      await tx.release.create({
        data: { id, projectId: project.id, digest: stored.digest, snapshotId: stored.id, createdAt, ...named },
      })
    },
    { timeout: 30_000 },
  )
  return id
}

/** A ticket Dev→Test with its plan made against the target as it is; its gate still lacks the evidence. */
export async function givenPlannedTicket(
  db: Db,
  fabric: Fabric,
  releaseId: string,
): Promise<{ ticketId: string; plan: Plan }> {
  const opened = await db.$transaction(tx => openTicket(tx, new Date(), portal, { releaseId, hop: 'dev-test' }))
  if (!opened.ok) throw new Error(opened.refusal.message)
  const { ticketId } = opened.value
  const plan = await planNow(db, fabric, ticketId)
  if (plan === null) throw new Error('no plan was made')
  return { ticketId, plan }
}

/** Every evidence that the gate Dev→Test asks for, with one outcome. */
export async function giveEvidence(db: Db, ticketId: string, outcome: 'pass' | 'fail' = 'pass'): Promise<void> {
  const { projectId, release } = await db.ticket.findUniqueOrThrow({
    where: { id: ticketId },
    include: { release: true },
  })
  const evidence = criteriaOf('dev-test').filter(criterion => criterion.kind === 'evidence')
  const told = { projectId, commit: release.commit, outcome, summary: outcome, source: 'test', receivedAt: new Date() }
  await db.evidence.createMany({ data: evidence.map(({ id }) => ({ id: newId(), criterion: id, ...told })) })
}

/** Waits until a workflow has ended well. */
export async function workflowEnd(db: Db, workflowId: string, withinMs = 60_000): Promise<void> {
  const until = Date.now() + withinMs
  for (;;) {
    const rows = await db.$queryRaw<{ status: string }[]>`
      SELECT status FROM dbos.workflow_status WHERE workflow_uuid = ${workflowId}`
    const status = rows[0]?.status ?? 'missing'
    if (status === 'SUCCESS') return
    if (status === 'ERROR' || Date.now() > until) throw new Error(`workflow ${workflowId} is ${status}`)
    await new Promise(next => setTimeout(next, 50))
  }
}

/** Promotes through the product's own command: gate decision, promotion row, and its run enqueued. */
export async function givenPromotion(db: Db, ticketId: string): Promise<string> {
  const promoted = await promote({ actor: portal, db }, { ticketId })
  if (promoted.ok) return promoted.value.promotionId
  // The worker may have been quicker: an open Dev→Test gate promotes by itself.
  const started = await db.promotion.findFirst({ where: { ticketId }, orderBy: { queuedAt: 'desc' } })
  if (started === null) throw new Error(promoted.refusal.message)
  return started.id
}

/** Waits until a promotion has ended, or is unknown. */
export async function promotionEnd(db: Db, promotionId: string, withinMs = 45_000) {
  const until = Date.now() + withinMs
  for (;;) {
    const promotion = await db.promotion.findUniqueOrThrow({
      where: { id: promotionId },
      include: { validations: true },
    })
    if (!['queued', 'running', 'validating'].includes(promotion.phase)) return promotion
    if (Date.now() > until) throw new Error(`promotion ${promotionId} is still ${promotion.phase}`)
    await new Promise(next => setTimeout(next, 50))
  }
}

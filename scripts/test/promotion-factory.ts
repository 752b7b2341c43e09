import type { Db } from '@/lib/db/client'
import { type Hop, hopEnds, hops } from '@/lib/environment/hop'
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
    data: rules.map((definition, position) => ({
      id: newId(),
      projectId: id,
      position,
      kind: definition.kind,
      definition,
    })),
  })
  return { id, strategy }
}

const rules = [
  { kind: 'data-source', name: 'Source connection', variable: 'Connection', itemTypes: ['DataPipeline', 'Dataflow'] },
  { kind: 'data-source', name: 'Pipeline connection', variable: 'Pipeline connection', itemTypes: ['DataPipeline'] },
  { kind: 'data-source', name: 'Source server', variable: 'SQL server', itemTypes: ['Dataflow', 'Notebook'] },
  {
    kind: 'data-source',
    name: 'Source database',
    variable: 'Database',
    itemTypes: ['DataPipeline', 'Dataflow', 'Notebook'],
  },
  {
    kind: 'parameter',
    name: 'Model server',
    variable: 'SQL server',
    parameter: 'Server',
    itemTypes: ['SemanticModel'],
  },
  { kind: 'data-source', name: 'Warehouse', variable: 'Warehouse', itemTypes: ['SemanticModel', 'Notebook'] },
  { kind: 'data-source', name: 'Workspace name', variable: 'Workspace', itemTypes: ['Notebook'] },
  { kind: 'lakehouse', name: 'Lakehouse', variable: 'Lakehouse' },
  { kind: 'data-source', name: 'Lakehouse name', variable: 'Lakehouse', itemTypes: ['Notebook', 'DataPipeline'] },
  { kind: 'data-source', name: 'Capacity name', variable: 'Capacity', itemTypes: ['Notebook'] },
  { kind: 'capacity', name: 'Capacity', variable: 'Capacity' },
]

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

/** A ticket Dev→Test whose gate is open, with its plan made against the target as it is. */
export async function givenOpenGate(
  db: Db,
  fabric: Fabric,
  project: DemoProject,
  releaseId: string,
): Promise<{ ticketId: string; plan: Plan }> {
  const hop: Hop = 'dev-test'
  const release = await db.release.findUniqueOrThrow({ where: { id: releaseId } })
  const opened = await db.$transaction(tx => openTicket(tx, new Date(), portal, { releaseId, hop }))
  if (!opened.ok) throw new Error(opened.refusal.message)
  const plan = await planNow(db, fabric, opened.value.ticketId)
  if (plan === null) throw new Error('no plan was made')
  const evidence = criteriaOf(hop).filter(criterion => criterion.kind === 'evidence')
  await db.evidence.createMany({
    data: evidence.map(criterion => ({
      id: newId(),
      projectId: project.id,
      commit: release.commit,
      criterion: criterion.id,
      outcome: 'pass',
      summary: 'passed',
      source: 'test',
      receivedAt: new Date(),
    })),
  })
  return { ticketId: opened.value.ticketId, plan }
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

export const targetOf = (hop: Hop): string => demo.workspaces[hopEnds[hop].target]

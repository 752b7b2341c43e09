import type { Role } from '@/lib/access/roles'
import { seenOf } from '@/lib/configuration/inputs'
import type { Rule } from '@/lib/configuration/rule'
import type { Variable } from '@/lib/configuration/variable'
import type { Db } from '@/lib/db/client'
import { createProject } from '@/lib/environment/commands/create-project'
import { linkEnvironment } from '@/lib/environment/commands/link-environment'
import { workspaceNameOf } from '@/lib/environment/naming'
import { type Tier, tierFacts, tiers } from '@/lib/environment/tier'
import { at } from '@/lib/fabric/http'
import { readWorkspace } from '@/lib/fabric/read-workspace'
import { workspaceDirectory } from '@/lib/fabric/workspace-directory'
import { saveRule } from '@/lib/gate/commands/change-rules'
import { saveVariable } from '@/lib/gate/commands/change-variables'
import { portal } from '@/lib/kernel/context'
import { newId } from '@/lib/kernel/ids'
import type { Result } from '@/lib/kernel/result'
import { makeRelease } from '@/lib/release/commands/make-release'
import { demo } from '../../simulator/demo/ids'
import { makePerson } from './factories'
import type { SimulatedFabric } from './simulated-fabric'

export type LinkedProject = {
  readonly id: string
  readonly name: string
  readonly workspaces: Readonly<Record<Tier, string>>
  readonly people: Awaited<ReturnType<typeof makePeople>>
}

export type ProjectToLink = {
  readonly project: string
  readonly domain: string
  /** The folder of items that Dev holds; the other tiers are empty. */
  readonly folder: string
  readonly variables?: readonly Variable[]
  readonly rules?: readonly Rule[]
  readonly strategy?: 'definitions' | 'deployment-pipeline'
}

export const must = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(`refused: ${result.refusal.message}`)
  return result.value
}

/** Four workspaces on their capacities, linked and configured by an administrator and a release manager, as in the portal's settings. */
export async function givenLinkedProject(
  db: Db,
  simulated: SimulatedFabric,
  wanted: ProjectToLink,
): Promise<LinkedProject> {
  const { project, domain, strategy = 'definitions' } = wanted
  const administrator = { actor: await makePerson(db, { roles: ['administrator'] }), db }
  const { slug } = must(await createProject(administrator, { project, domain }))
  const { id, name } = await db.project.findUniqueOrThrow({ where: { slug } })
  const workspaces = Object.fromEntries(
    await Promise.all(
      tiers.map(async tier => [tier, await makeWorkspace(simulated, name, tier, wanted.folder)] as const),
    ),
  ) as Record<Tier, string>
  const directory = workspaceDirectory(simulated.fabric)
  for (const tier of tiers)
    must(await linkEnvironment(administrator, { projectId: id, workspaceId: workspaces[tier] }, directory))
  const deploymentPipelineId = strategy === 'definitions' ? null : await makePipeline(simulated, name, workspaces)
  await db.project.update({ where: { id }, data: { strategy, deploymentPipelineId } })
  const people = await makePeople(db, id)
  const manager = { actor: people.releaseManager, db }
  for (const variable of wanted.variables ?? [])
    must(await saveVariable(manager, { projectId: id, seen: seenOf(null), variable }))
  for (const rule of wanted.rules ?? []) must(await saveRule(manager, { projectId: id, seen: seenOf(null), rule }))
  return { id, name, workspaces, people }
}

async function makeWorkspace(simulated: SimulatedFabric, name: string, tier: Tier, folder: string): Promise<string> {
  const named = { displayName: workspaceNameOf(name, tier), capacityId: demo.capacities[tier] }
  const filled = tier === 'dev' ? { folder, resolve: true } : {}
  return (await simulated.control('POST', 'workspaces', { ...named, ...filled })).id
}

type Stages = { readonly id: string; readonly stages: readonly { readonly id: string }[] }

async function makePipeline({ fabric }: SimulatedFabric, displayName: string, workspaces: LinkedProject['workspaces']) {
  const stages = tiers.map(tier => ({ displayName: tierFacts[tier].label }))
  const made = await fabric.send({ method: 'POST', path: '/deploymentPipelines', body: { displayName, stages } })
  const pipeline = made.body as Stages
  for (const [order, tier] of tiers.entries()) {
    const path = at`/deploymentPipelines/${pipeline.id}/stages/${pipeline.stages[order]?.id ?? ''}/assignWorkspace`
    await fabric.send({ method: 'POST', path, body: { workspaceId: workspaces[tier] } })
  }
  return pipeline.id
}

export async function makePeople(db: Db, projectId: string) {
  const person = (...roles: Role[]) => makePerson(db, { roles, projectId })
  return {
    qa: await person('qa'),
    business: await person('business-user'),
    releaseManager: await person('release-manager'),
    stakeholder: await person('stakeholder'),
    cab: [await person('cab-member'), await person('cab-member', 'cab-chair')] as const,
  }
}

/** A release of what Dev holds now, of one commit. */
export async function releaseOfDev(db: Db, simulated: SimulatedFabric, project: LinkedProject): Promise<string> {
  const snapshot = await readWorkspace(simulated.fabric, project.workspaces.dev)
  const sha = newId().replaceAll('-', '').padEnd(40, '0')
  const author = { authorName: 'Developer', authorEmail: 'developer@claims.example', committedAt: new Date() }
  const commit = { sha, message: 'feat(items): all of them', ...author, isMerge: false, problems: [] }
  const input = { projectId: project.id, commit: sha, branch: 'main', snapshot, commits: [commit] }
  return must(await makeRelease({ actor: portal, db }, input)).releaseId
}

import type { Role } from '@/lib/access/roles'
import type { Rule } from '@/lib/configuration/rule'
import type { Db } from '@/lib/db/client'
import { hops } from '@/lib/environment/hop'
import { tierFacts, tiers } from '@/lib/environment/tier'
import type { Actor } from '@/lib/kernel/context'
import { newId } from '@/lib/kernel/ids'
import { demo } from '../../simulator/demo/ids'
import { people } from '../../simulator/demo/people'
import { demoVariables } from '../../simulator/demo/variables'

const rolesByGroup: readonly (readonly [keyof typeof demo.groups, Role, string])[] = [
  ['developers', 'developer', 'Claims developers'],
  ['qa', 'qa', 'Claims QA'],
  ['businessUsers', 'business-user', 'Claims business users'],
  ['releaseManagers', 'release-manager', 'Release managers'],
  ['cab', 'cab-member', 'CAB'],
  ['cabChairs', 'cab-chair', 'CAB chairs'],
  ['incidentManagers', 'incident-manager', 'Incident managers'],
  ['stakeholders', 'stakeholder', 'Stakeholders'],
  ['onCall', 'on-call', 'On-call data platform'],
]
const everywhere: readonly (readonly [keyof typeof demo.groups, Role, string])[] = [
  ['auditors', 'auditor', 'Auditors'],
  ['administrators', 'administrator', 'Administrators'],
]

/** Policy 2.3, as the demo's items need it: together these rewrite every Dev value in them. */
export const demoRules: readonly Rule[] = [
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
  { kind: 'data-source', name: 'Warehouse name', variable: 'Warehouse', itemTypes: ['SemanticModel', 'Notebook'] },
  { kind: 'data-source', name: 'Workspace name', variable: 'Workspace', itemTypes: ['Notebook'] },
  { kind: 'lakehouse', name: 'Lakehouse', variable: 'Lakehouse' },
  {
    kind: 'data-source',
    name: 'Lakehouse name',
    variable: 'Lakehouse',
    itemTypes: ['Notebook', 'SemanticModel', 'DataPipeline'],
  },
  { kind: 'capacity', name: 'Capacity', variable: 'Capacity' },
  { kind: 'data-source', name: 'Capacity name', variable: 'Capacity', itemTypes: ['Notebook'] },
]

export type DemoPerson = Extract<Actor, { kind: 'person' }>
export type DemoPeople = Readonly<Record<keyof typeof demo.people, DemoPerson>>

/** The project with its links, values, rules and members, and the people as Entra knows them. */
export async function bootstrap(db: Db, at: Date): Promise<{ projectId: string; people: DemoPeople }> {
  const projectId = newId(at)
  const { repository } = demo
  await db.project.create({
    data: {
      id: projectId,
      slug: demo.project.toLowerCase(),
      name: demo.project,
      strategy: 'definitions',
      deploymentPipelineId: demo.deploymentPipeline,
      zone: 'Europe/Oslo',
      repositoryProvider: 'github',
      repositoryOwner: repository.owner,
      repositoryName: repository.name,
      repositoryBranch: repository.branch,
      smokeTests: ['nb_smoke_test', 'nb_check_quality'],
      createdAt: at,
    },
  })
  await db.hop.createMany({ data: hops.map(hop => ({ id: newId(at), projectId, hop })) })
  await db.environment.createMany({ data: tiers.map(tier => environmentOf(projectId, tier, at)) })
  const variables = demoVariables.map(({ name, kind, values }) => ({ id: newId(at), projectId, name, kind, values }))
  await db.variable.createMany({ data: variables })
  const rules = demoRules.map((rule, position) => ({
    id: newId(at),
    projectId,
    position,
    kind: rule.kind,
    definition: rule,
  }))
  await db.rule.createMany({ data: rules })
  const grant =
    (owner: string | null) =>
    ([group, role, label]: (typeof rolesByGroup)[number]) => ({
      id: newId(at),
      projectId: owner,
      role,
      groupId: demo.groups[group],
      label,
      grantedAt: at,
    })
  await db.roleGrant.createMany({ data: [...rolesByGroup.map(grant(projectId)), ...everywhere.map(grant(null))] })
  return { projectId, people: await makePeople(db, at) }
}

function environmentOf(projectId: string, tier: (typeof tiers)[number], at: Date) {
  const facts = tierFacts[tier]
  return {
    id: newId(at),
    projectId,
    tier,
    workspaceId: demo.workspaces[tier],
    workspaceName: `${demo.project}-${facts.label}`,
    capacityId: demo.capacities[tier],
    purpose: facts.purpose,
    dataClass: facts.data,
    access: facts.access,
    linkedAt: at,
  }
}

async function makePeople(db: Db, at: Date): Promise<DemoPeople> {
  const made = people.map(person => ({
    id: newId(at),
    tenantId: demo.tenantId,
    objectId: person.objectId,
    name: person.displayName,
    email: person.mail,
    groupIds: [...person.groupIds],
  }))
  await db.user.createMany({ data: made })
  const actor = (objectId: string): DemoPerson => {
    const row = made.find(one => one.objectId === objectId)
    if (!row) throw new Error(`the demo has nobody with the object id ${objectId}`)
    return { kind: 'person', id: row.id, name: row.name, email: row.email }
  }
  const entries = Object.entries(demo.people).map(([name, objectId]) => [name, actor(objectId)])
  return Object.fromEntries(entries) as DemoPeople
}

import type { Capacity, Connection, DeploymentPipeline, Workspace } from '../tenant'
import { demo } from './ids'

const tiers = ['dev', 'test', 'uat', 'prod'] as const
type Tier = (typeof tiers)[number]
type RoleAssignment = Workspace['roleAssignments'][number]

const labels: Readonly<Record<Tier, string>> = { dev: 'Dev', test: 'Test', uat: 'UAT', prod: 'Prod' }
const skus: Readonly<Record<Tier, string>> = { dev: 'F4', test: 'F8', uat: 'F16', prod: 'F64' }

export const capacities: readonly Capacity[] = tiers.map(tier => ({
  id: demo.capacities[tier],
  displayName: `${labels[tier]} Capacity`,
  sku: skus[tier],
  region: 'North Europe',
  state: 'Active',
}))

export const connections: readonly Connection[] = tiers.flatMap(tier => [
  {
    id: demo.connections.sql[tier],
    displayName: `${tier}-conn-str`,
    connectivityType: 'ShareableCloud',
    connectionDetails: { type: 'SQL', path: `sql-claims-${tier}.claims.example;claimscore_${tier}` },
  },
  {
    id: demo.connections.pipelines[tier],
    displayName: `${tier}-fabric-pipelines`,
    connectivityType: 'ShareableCloud',
    connectionDetails: { type: 'FabricDataPipelines', path: 'FabricDataPipelines' },
  },
])

const serviceIdentity = (role: RoleAssignment['role']): RoleAssignment => ({
  principalId: demo.applications.fabric.objectId,
  principalType: 'ServicePrincipal',
  role,
})
const group = (principalId: string, role: RoleAssignment['role']): RoleAssignment => ({
  principalId,
  principalType: 'Group',
  role,
})

/** Who works where: policy 1.1. */
const access: Readonly<Record<Tier, readonly RoleAssignment[]>> = {
  dev: [group(demo.groups.developers, 'Contributor')],
  test: [group(demo.groups.qa, 'Contributor'), group(demo.groups.developers, 'Viewer')],
  uat: [group(demo.groups.businessUsers, 'Viewer')],
  prod: [group(demo.groups.businessUsers, 'Viewer'), group(demo.groups.stakeholders, 'Viewer')],
}

const emptyWorkspace = (id: string, displayName: string, description: string): Workspace => ({
  id,
  displayName,
  description,
  capacityId: demo.capacities.dev,
  roleAssignments: [serviceIdentity('Admin')],
  itemsFrom: null,
  git: null,
})

const { owner, name: repository, branch, directory } = demo.repository

const claims = tiers.map(tier => ({
  ...emptyWorkspace(demo.workspaces[tier], `${demo.project}-${labels[tier]}`, 'Claims, reserves and loss ratio'),
  capacityId: demo.capacities[tier],
  roleAssignments: [serviceIdentity('Admin'), ...access[tier]],
  git: tier === 'dev' ? { owner, repository, branch, directory } : null,
}))

const pricing = tiers.map(tier => ({
  ...emptyWorkspace(demo.pricingWorkspaces[tier], `Policy-Pricing-${labels[tier]}`, 'Tariffs; not linked yet'),
  capacityId: demo.capacities[tier],
}))

/** Each is refused by the linking screen, for a reason of its own. */
const refused: readonly Workspace[] = [
  emptyWorkspace(
    demo.refusedWorkspaces.breaksConvention,
    'Claims Analytics Production',
    'Named before there was a convention',
  ),
  {
    ...emptyWorkspace(demo.refusedWorkspaces.readOnly, 'Finance-Ledger-Dev', 'The portal may only look'),
    roleAssignments: [serviceIdentity('Viewer')],
  },
  {
    ...emptyWorkspace(demo.refusedWorkspaces.withoutCapacity, 'Fraud-Detection-Dev', 'On no capacity'),
    capacityId: null,
  },
]

export const workspaces: readonly Workspace[] = [...claims, ...pricing, ...refused]

export const deploymentPipelines: readonly DeploymentPipeline[] = [
  {
    id: demo.deploymentPipeline,
    displayName: demo.project,
    admins: [demo.applications.fabric.objectId],
    stages: tiers.map(tier => ({
      id: demo.stages[tier],
      displayName: labels[tier],
      workspaceId: demo.workspaces[tier],
      isPublic: tier === 'prod',
    })),
  },
]

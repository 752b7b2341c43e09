/** What a simulated tenant holds on its first start. Ids are fixed, so that the portal's demo data can name them. */
export type Tenant = {
  readonly tenantId: string
  readonly applications: readonly Application[]
  readonly groups: readonly { readonly id: string; readonly displayName: string }[]
  readonly people: readonly Person[]
  readonly capacities: readonly Capacity[]
  readonly connections: readonly Connection[]
  readonly workspaces: readonly Workspace[]
  readonly deploymentPipelines: readonly DeploymentPipeline[]
  readonly repositories: readonly Repository[]
}

/** A registered application: the portal's sign-in, or a service identity that calls Fabric by client credentials. */
export type Application = {
  readonly clientId: string
  readonly clientSecret: string
  /** Of its service principal: what role assignments name. */
  readonly objectId: string
  readonly displayName: string
  readonly signsPeopleIn: boolean
}

export type Person = {
  readonly objectId: string
  /** A role, never a person's name. */
  readonly displayName: string
  readonly mail: string
  /** One sentence for the sign-in page: what this person comes to the portal for. */
  readonly comesFor: string
  readonly groupIds: readonly string[]
  /** True: the id token carries no groups but the overage marks, and Graph has to be asked. */
  readonly groupOverage: boolean
}

export type Capacity = {
  readonly id: string
  readonly displayName: string
  readonly sku: string
  readonly region: string
  readonly state: 'Active' | 'Inactive'
}

export type Connection = {
  readonly id: string
  readonly displayName: string
  readonly connectivityType: 'ShareableCloud'
  readonly connectionDetails: { readonly type: string; readonly path: string }
}

export type Workspace = {
  readonly id: string
  readonly displayName: string
  readonly description: string
  readonly capacityId: string | null
  readonly roleAssignments: readonly {
    readonly principalId: string
    readonly principalType: 'User' | 'Group' | 'ServicePrincipal'
    readonly role: 'Admin' | 'Member' | 'Contributor' | 'Viewer'
  }[]
  /** A folder of items in git-sync format, relative to the tenant's module; loaded at the first start. */
  readonly itemsFrom: string | null
  /** The branch that the workspace is connected to; its items come from there at the first start. */
  readonly git: {
    readonly owner: string
    readonly repository: string
    readonly branch: string
    readonly directory: string
  } | null
}

export type DeploymentPipeline = {
  readonly id: string
  readonly displayName: string
  readonly admins: readonly string[]
  readonly stages: readonly {
    readonly id: string
    readonly displayName: string
    readonly workspaceId: string | null
    readonly isPublic: boolean
  }[]
}

/** A bare repository that the simulator makes on its first start, commit by commit. */
export type Repository = {
  readonly owner: string
  readonly name: string
  readonly defaultBranch: string
  readonly commits: readonly Commit[]
}

export type Commit = {
  readonly message: string
  readonly author: { readonly name: string; readonly email: string }
  /** Days before the first start of the simulator; 0.5 is twelve hours. */
  readonly daysAgo: number
  readonly changes: readonly Change[]
}

/** Applied in order to the repository's tree. Paths are relative to its root. */
export type Change =
  | { readonly kind: 'copy-folder'; readonly from: string; readonly to: string }
  | { readonly kind: 'write'; readonly path: string; readonly text: string }
  | { readonly kind: 'replace'; readonly path: string; readonly find: string; readonly replace: string }
  | { readonly kind: 'delete'; readonly path: string }

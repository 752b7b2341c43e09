import type { Capacity, Connection } from '../tenant'

export type Role = 'Viewer' | 'Contributor' | 'Member' | 'Admin'
export type PrincipalType = 'User' | 'Group' | 'ServicePrincipal' | 'ServicePrincipalProfile'
export type Principal = { readonly id: string; readonly type: PrincipalType }

export type GitLink = {
  readonly provider: Record<string, string>
  readonly initialized: boolean
  readonly head: string | null
  readonly lastSyncTime: number | null
}

export type WorkspaceRecord = {
  readonly id: string
  readonly displayName: string
  readonly description: string
  readonly capacityId: string | null
  /** When the last change of capacity is done. */
  readonly capacitySettledAt: number
  readonly git: GitLink | null
  readonly deletedAt: number | null
}

export type RoleAssignmentRecord = { readonly scope: string; readonly principal: Principal; readonly role: Role }

export type FolderRecord = {
  readonly id: string
  readonly workspaceId: string
  readonly displayName: string
  readonly parentFolderId: string | null
}

export type PartRecord = { readonly path: string; readonly hash: string }

export type PublishRecord = {
  readonly state: 'Success' | 'Running' | 'Failed' | 'Cancelled'
  readonly targetVersion: string
  readonly startedAt: number
  readonly endedAt: number | null
}

export type ItemRecord = {
  readonly id: string
  readonly workspaceId: string
  readonly type: string
  readonly displayName: string
  readonly description: string
  readonly folderId: string | null
  readonly logicalId: string
  readonly parts: readonly PartRecord[]
  /** Of a SQL endpoint or a KQL database: the item that brought it. */
  readonly parentItemId: string | null
  readonly ownerId: string
  readonly createdAt: number
  readonly changedAt: number
  /** A late child is not there before this time. */
  readonly readyAt: number
  readonly deletedAt: number | null
  readonly activeValueSetName: string
  readonly published: PublishRecord | null
  readonly connectionIds: readonly string[]
  /** A report bound by the Power BI Rebind call. */
  readonly reboundTo: string | null
  /** The data behind it cannot be read: refreshes and queries fail. */
  readonly sourceBroken: boolean
  readonly nextJobOutcomes: readonly string[]
  /** Digests of both sides at the last synchronisation with git. */
  readonly synced: { readonly remote: string; readonly content: string } | null
}

export type ErrorBody = {
  readonly errorCode: string
  readonly message: string
  readonly isRetriable?: boolean
  readonly moreDetails?: readonly object[]
}

export type OperationRecord = {
  readonly id: string
  readonly task: string
  readonly payload: unknown
  readonly callerId: string
  readonly workspaceId: string | null
  readonly status: 'NotStarted' | 'Running' | 'Succeeded' | 'Failed'
  readonly createdAt: number
  readonly updatedAt: number
  readonly endsAt: number
  readonly hasResult: boolean
  readonly result: unknown
  readonly error: ErrorBody | null
  readonly fault: OperationFault | null
}

export type OperationFault =
  | { readonly kind: 'operation-fails'; readonly errorCode: string; readonly message: string; readonly acts: boolean }
  | { readonly kind: 'operation-hangs' }
  | { readonly kind: 'deploy-stops'; readonly afterItems: number; readonly errorCode: string; readonly message: string }

export type JobRecord = {
  readonly id: string
  readonly itemId: string
  readonly workspaceId: string
  readonly jobType: string
  readonly createdAt: number
  readonly startsAt: number
  readonly endsAt: number
  readonly outcome: string
  readonly cancelledAt: number | null
  readonly rootActivityId: string
  readonly failureMessage: string | null
}

export type RefreshRecord = {
  readonly id: string
  readonly datasetId: string
  readonly enhanced: boolean
  readonly type: string
  readonly startedAt: number
  readonly endsAt: number
  readonly outcome: string
  readonly cancelledAt: number | null
}

export type ExportRecord = {
  readonly id: string
  readonly reportId: string
  readonly reportName: string
  readonly format: string
  readonly pages: readonly string[]
  readonly createdAt: number
  readonly endsAt: number
  readonly outcome: string
}

export type StageRecord = {
  readonly id: string
  readonly pipelineId: string
  readonly order: number
  readonly displayName: string
  readonly description: string
  readonly isPublic: boolean
  readonly workspaceId: string | null
}

export type PipelineRecord = { readonly id: string; readonly displayName: string; readonly description: string }

/** A stored edge between an item of one stage and an item of the next. */
export type PairRecord = {
  readonly pipelineId: string
  readonly sourceStageId: string
  readonly targetStageId: string
  readonly sourceItemId: string
  readonly targetItemId: string
  readonly lastDeploymentTime: number | null
}

export type DeployStepRecord = {
  readonly index: number
  readonly description: string
  readonly status: string
  readonly preDeploymentDiffState: 'New' | 'Different' | 'NoDifference'
  readonly sourceItemId: string
  readonly sourceItemDisplayName: string
  readonly targetItemId: string | null
  readonly targetItemDisplayName: string | null
  readonly itemType: string
  readonly error: ErrorBody | null
}

export type DeploymentRecord = {
  readonly id: string
  readonly pipelineId: string
  readonly sourceStageId: string
  readonly targetStageId: string
  readonly status: 'NotStarted' | 'Running' | 'Succeeded' | 'Failed'
  readonly note: string | null
  readonly performedBy: Principal
  readonly startedAt: number
  readonly updatedAt: number
  readonly endedAt: number | null
  readonly steps: readonly DeployStepRecord[]
}

export type GitCredentialsRecord = {
  readonly workspaceId: string
  readonly principalId: string
  readonly source: 'Automatic' | 'ConfiguredConnection' | 'None'
  readonly connectionId: string | null
}

export type CallRecord = {
  readonly sequence: number
  readonly time: string
  readonly method: string
  readonly path: string
  readonly query: string
  readonly host: string
  readonly status: number | null
  readonly principalId: string | null
  readonly workspaceId: string | null
  readonly write: boolean
  readonly bodyDigest: string | null
  readonly fault: string | null
}

export type CapacityRecord = Capacity
export type ConnectionRecord = Connection & { readonly offline: boolean }

import { z } from 'zod'

// Named as in the OpenAPI documents. Enumerations stay open: Fabric adds values without notice.

const optional = z.string().nullish()

export const errorResponseSchema = z.object({
  errorCode: z.string(),
  message: z.string().default(''),
  isRetriable: z.boolean().nullish(),
  requestId: optional,
  moreDetails: z.array(z.object({ errorCode: z.string().default(''), message: z.string().default('') })).nullish(),
})

export const powerBiErrorSchema = z.object({
  error: z.object({ code: z.string(), message: optional, 'pbi.error': z.unknown() }),
})

export const operationStateSchema = z.object({
  status: z.string(),
  createdTimeUtc: optional,
  lastUpdatedTimeUtc: optional,
  percentComplete: z.number().nullish(),
  error: errorResponseSchema.nullish(),
})

export const workspaceSchema = z.object({
  id: z.string(),
  displayName: z.string(),
  description: optional,
  type: optional,
  capacityId: optional,
  capacityAssignmentProgress: optional,
})
export type Workspace = z.infer<typeof workspaceSchema>

export const workspaceRoleAssignmentSchema = z.object({
  id: z.string(),
  principal: z.object({ id: z.string(), type: z.string(), displayName: optional }),
  role: z.string(),
})
export type WorkspaceRoleAssignment = z.infer<typeof workspaceRoleAssignmentSchema>

export const capacitySchema = z.object({
  id: z.string(),
  displayName: z.string(),
  sku: optional,
  region: optional,
  state: z.string(),
})
export type Capacity = z.infer<typeof capacitySchema>

export const folderSchema = z.object({ id: z.string(), displayName: z.string(), parentFolderId: optional })
export type Folder = z.infer<typeof folderSchema>

export const itemSchema = z.object({
  id: z.string(),
  type: z.string(),
  displayName: z.string(),
  description: optional,
  folderId: optional,
})
export type Item = z.infer<typeof itemSchema>

export const itemDefinitionResponseSchema = z.object({
  definition: z.object({
    format: optional,
    parts: z.array(z.object({ path: z.string(), payload: z.string(), payloadType: z.string() })),
  }),
})

export const lakehouseSchema = itemSchema.extend({
  properties: z
    .object({
      sqlEndpointProperties: z
        .object({ id: optional, connectionString: optional, provisioningStatus: z.string() })
        .nullish(),
    })
    .nullish(),
})
export const warehouseSchema = itemSchema.extend({ properties: z.object({ connectionString: optional }).nullish() })
export const variableLibrarySchema = itemSchema.extend({
  properties: z.object({ activeValueSetName: optional }).nullish(),
})

export const connectionSchema = z.object({
  id: optional,
  displayName: optional,
  connectivityType: z.string(),
  connectionDetails: z.object({ type: z.string(), path: optional }).nullish(),
})
export type Connection = z.infer<typeof connectionSchema>

export const connectionStatusResponseSchema = z.object({ status: optional })

export const deploymentPipelineStageSchema = z.object({
  id: z.string(),
  order: z.number(),
  displayName: z.string(),
  workspaceId: optional,
  workspaceName: optional,
})
export type DeploymentPipelineStage = z.infer<typeof deploymentPipelineStageSchema>

export const deploymentPipelineStageItemSchema = z.object({
  itemId: z.string(),
  itemType: z.string(),
  itemDisplayName: z.string(),
  sourceItemId: optional,
  targetItemId: optional,
  lastDeploymentTime: optional,
})
export type DeploymentPipelineStageItem = z.infer<typeof deploymentPipelineStageItemSchema>

const deploymentStepSchema = z.object({
  status: optional,
  description: optional,
  sourceAndTarget: z
    .object({
      sourceItemId: optional,
      sourceItemDisplayName: optional,
      targetItemId: optional,
      targetItemDisplayName: optional,
      itemType: optional,
    })
    .nullish(),
  error: errorResponseSchema.nullish(),
})

export const deploymentPipelineOperationSchema = z.object({
  id: z.string(),
  status: z.string(),
  executionStartTime: optional,
  lastUpdatedTime: optional,
  sourceStageId: optional,
  targetStageId: optional,
  note: z.object({ content: optional, isTruncated: z.boolean().nullish() }).nullish(),
  executionPlan: z.object({ steps: z.array(deploymentStepSchema).nullish() }).nullish(),
})
export type DeploymentPipelineOperation = z.infer<typeof deploymentPipelineOperationSchema>

export const gitConnectionSchema = z.object({
  gitConnectionState: z.string(),
  gitSyncDetails: z.object({ head: optional, lastSyncTime: optional }).nullish(),
  gitProviderDetails: z.looseObject({ gitProviderType: z.string() }).nullish(),
})
export type GitConnection = z.infer<typeof gitConnectionSchema>

export const gitStatusResponseSchema = z.object({
  workspaceHead: optional,
  remoteCommitHash: z.string(),
  changes: z.array(
    z.object({
      itemMetadata: z.object({
        itemIdentifier: z.object({ objectId: optional, logicalId: optional }).nullish(),
        itemType: optional,
        displayName: optional,
      }),
      remoteChange: optional,
      workspaceChange: optional,
      conflictType: optional,
    }),
  ),
})
export type GitStatus = z.infer<typeof gitStatusResponseSchema>

export const itemJobInstanceSchema = z.object({
  id: z.string(),
  status: z.string(),
  startTimeUtc: optional,
  endTimeUtc: optional,
  failureReason: z.object({ errorCode: optional, message: optional }).nullish(),
})
export type ItemJobInstance = z.infer<typeof itemJobInstanceSchema>

export const tableSyncStatusesSchema = z.object({
  value: z.array(
    z.object({ tableName: z.string(), status: z.string(), error: z.object({ message: optional }).nullish() }),
  ),
})

export const exportSchema = z.object({ id: z.string(), status: z.string(), percentComplete: z.number().nullish() })
export const refreshSchema = z.object({
  status: optional,
  extendedStatus: optional,
  serviceExceptionJson: optional,
})
export const executeQueriesResponseSchema = z.object({
  results: z.array(
    z.object({
      tables: z.array(z.object({ rows: z.array(z.record(z.string(), z.unknown())) })).nullish(),
      error: z.unknown().optional(),
    }),
  ),
})

import type { Route } from '../http/router'
import { bulkRoutes } from './bulk-definitions'
import { connectionRoutes } from './connections'
import { definitionRoutes } from './definitions'
import { deployRoutes } from './deploy'
import { pipelineRoutes } from './deployment-pipelines'
import { folderRoutes } from './folders'
import { gitConnectionRoutes } from './git-connection'
import { gitSyncRoutes } from './git-sync'
import { itemExtraRoutes } from './item-extras'
import { itemRoutes } from './items'
import { jobRoutes } from './jobs'
import { operationRoutes } from './operations'
import { pipelineOperationRoutes } from './pipeline-operations'
import { stageRoutes } from './pipeline-stages'
import { roleRoutes } from './role-assignments'
import type { Context } from './simulation'
import { workspaceRoutes } from './workspaces'

/** Every Fabric call that is served. */
export const fabricRoutes: readonly Route<Context>[] = [
  ...workspaceRoutes,
  ...roleRoutes,
  ...folderRoutes,
  ...itemRoutes,
  ...definitionRoutes,
  ...connectionRoutes,
  ...operationRoutes,
  ...bulkRoutes,
  ...itemExtraRoutes,
  ...jobRoutes,
  ...gitConnectionRoutes,
  ...gitSyncRoutes,
  ...pipelineRoutes,
  ...stageRoutes,
  ...deployRoutes,
  ...pipelineOperationRoutes,
]

import { mkdirSync } from 'node:fs'
import { Blobs } from './blobs'
import { Journal } from './journal'
import type {
  CallRecord,
  CapacityRecord,
  ConnectionRecord,
  DeploymentRecord,
  ExportRecord,
  FolderRecord,
  GitCredentialsRecord,
  ItemRecord,
  JobRecord,
  OperationRecord,
  PairRecord,
  PipelineRecord,
  RefreshRecord,
  RoleAssignmentRecord,
  StageRecord,
  WorkspaceRecord,
} from './records'
import { Table } from './table'

export type Store = ReturnType<typeof openStore>

const byId = (record: { readonly id: string }): string => record.id

/** Opens the state of the simulator; an empty folder gives an empty store. */
export function openStore(directory: string) {
  mkdirSync(directory, { recursive: true })
  const journal = new Journal(directory)
  const tables = {
    capacities: new Table<CapacityRecord>('capacities', journal, byId),
    connections: new Table<ConnectionRecord>('connections', journal, byId),
    workspaces: new Table<WorkspaceRecord>('workspaces', journal, byId),
    roles: new Table<RoleAssignmentRecord>('roles', journal, role => `${role.scope}/${role.principal.id}`),
    folders: new Table<FolderRecord>('folders', journal, byId),
    items: new Table<ItemRecord>('items', journal, byId),
    operations: new Table<OperationRecord>('operations', journal, byId),
    jobs: new Table<JobRecord>('jobs', journal, byId),
    refreshes: new Table<RefreshRecord>('refreshes', journal, byId),
    exports: new Table<ExportRecord>('exports', journal, byId),
    pipelines: new Table<PipelineRecord>('pipelines', journal, byId),
    stages: new Table<StageRecord>('stages', journal, byId),
    pairs: new Table<PairRecord>('pairs', journal, pair => `${pair.sourceStageId}/${pair.sourceItemId}`),
    deployments: new Table<DeploymentRecord>('deployments', journal, byId),
    gitCredentials: new Table<GitCredentialsRecord>(
      'gitCredentials',
      journal,
      own => `${own.workspaceId}/${own.principalId}`,
    ),
    calls: new Table<CallRecord>('calls', journal, call => String(call.sequence)),
  }
  for (const line of journal.read()) {
    const table = Object.values(tables).find(candidate => candidate.name === line.table)
    table?.restore(line.key, line.record)
  }
  const compact = (): void =>
    journal.rewrite(
      Object.values(tables).flatMap(table =>
        [...table.entries()].map(([key, record]) => ({ table: table.name, key, record })),
      ),
    )
  compact()
  return {
    ...tables,
    blobs: new Blobs(directory),
    flush: () => journal.flush(),
    close: compact,
    clear: () => {
      for (const table of Object.values(tables)) table.clear()
    },
    isEmpty: () => tables.workspaces.size === 0 && tables.capacities.size === 0,
  }
}

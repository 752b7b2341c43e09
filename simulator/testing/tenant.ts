import type { Tenant } from '../tenant'

export const ids = {
  portal: '5e000000-0000-4000-8000-000000000002',
  portalClient: 'c1000000-0000-4000-8000-000000000002',
  reader: '5e000000-0000-4000-8000-000000000003',
  readerClient: 'c1000000-0000-4000-8000-000000000003',
  capacity: 'ca000000-0000-4000-8000-000000000001',
  connection: 'c0000000-0000-4000-8000-000000000001',
  pipeline: 'd0000000-0000-4000-8000-000000000001',
  stages: ['57000000-0000-4000-8000-000000000001', '57000000-0000-4000-8000-000000000002'],
  workspaces: {
    dev: '3b000000-0000-4000-8000-000000000001',
    test: '3b000000-0000-4000-8000-000000000002',
    spare: '3b000000-0000-4000-8000-000000000003',
  },
} as const

const platform = (type: string, displayName: string, logicalId: string): string =>
  JSON.stringify({ metadata: { type, displayName }, config: { version: '2.0', logicalId } })

const notebookId = '10000000-0000-4000-8000-00000000000a'
const lakehouseId = '10000000-0000-4000-8000-00000000000b'
const zero = '00000000-0000-0000-0000-000000000000'

const pipelineContent = JSON.stringify(
  {
    properties: {
      activities: [{ name: 'Load', type: 'TridentNotebook', typeProperties: { notebookId, workspaceId: zero } }],
    },
  },
  null,
  2,
)

const notebookSource = `# Fabric notebook source

# METADATA ********************

# META {
# META   "dependencies": {
# META     "lakehouse": {
# META       "default_lakehouse": "${lakehouseId}",
# META       "default_lakehouse_name": "lh_claims",
# META       "default_lakehouse_workspace_id": "${zero}"
# META     }
# META   }
# META }

# CELL ********************

rows = 1
`

const tmdl =
  'expression Server = "dev.example" meta [IsParameterQuery=true, Type="Text", IsParameterQueryRequired=true]\n'

const files: Readonly<Record<string, string>> = {
  'Load.Notebook/.platform': platform('Notebook', 'Load', notebookId),
  'Load.Notebook/notebook-content.py': notebookSource,
  'lh_claims.Lakehouse/.platform': platform('Lakehouse', 'lh_claims', lakehouseId),
  'lh_claims.Lakehouse/lakehouse.metadata.json': '{"defaultSchema":"dbo"}',
  'wh_claims.Warehouse/.platform': platform('Warehouse', 'wh_claims', '10000000-0000-4000-8000-00000000000c'),
  'Daily.DataPipeline/.platform': platform('DataPipeline', 'Daily', '10000000-0000-4000-8000-00000000000d'),
  'Daily.DataPipeline/pipeline-content.json': pipelineContent,
  'Claims.SemanticModel/.platform': platform('SemanticModel', 'Claims', '10000000-0000-4000-8000-00000000000e'),
  'Claims.SemanticModel/definition.pbism': '{"version":"4.0"}',
  'Claims.SemanticModel/definition/expressions.tmdl': tmdl,
  'Claims.SemanticModel/definition/tables/Claims.tmdl': "table Claims\n\tcolumn 'Loss ratio'\n\tcolumn Amount\n",
  'reports/Übersicht 概要.Report/.platform': platform(
    'Report',
    'Übersicht 概要',
    '10000000-0000-4000-8000-00000000000f',
  ),
  'reports/Übersicht 概要.Report/definition.pbir':
    '{"version":"4.0","datasetReference":{"byPath":{"path":"../../Claims.SemanticModel"}}}',
  'vl_claims.VariableLibrary/.platform': platform(
    'VariableLibrary',
    'vl_claims',
    '10000000-0000-4000-8000-000000000010',
  ),
  'vl_claims.VariableLibrary/variables.json': '{"variables":[]}',
  'vl_claims.VariableLibrary/valueSets/Test.json': '{"name":"Test","variableOverrides":[]}',
  'env.Environment/.platform': platform('Environment', 'env', '10000000-0000-4000-8000-000000000011'),
  'env.Environment/Setting/Sparkcompute.yml': 'enable_native_execution_engine: false\n',
}

const portalAdmin = { principalId: ids.portal, principalType: 'ServicePrincipal', role: 'Admin' } as const

const workspace = (id: string, displayName: string): Tenant['workspaces'][number] => ({
  id,
  displayName,
  description: '',
  capacityId: ids.capacity,
  roleAssignments: [portalAdmin],
  itemsFrom: null,
  git: null,
})

export const repository = { owner: 'contoso', repository: 'claims', branch: 'main', directory: 'workspace' } as const

/** A small tenant for the simulator's own tests. */
export const testTenant: Tenant = {
  tenantId: '9aaaaaaa-0000-4000-8000-00000000000b',
  applications: [
    {
      clientId: ids.portalClient,
      clientSecret: 'secret-of-the-portal',
      objectId: ids.portal,
      displayName: 'Portal',
      signsPeopleIn: false,
    },
    {
      clientId: ids.readerClient,
      clientSecret: 'secret-of-the-reader',
      objectId: ids.reader,
      displayName: 'Reader',
      signsPeopleIn: true,
    },
  ],
  groups: [],
  people: [],
  capacities: [{ id: ids.capacity, displayName: 'Capacity', sku: 'F4', region: 'North Europe', state: 'Active' }],
  connections: [
    {
      id: ids.connection,
      displayName: 'claims-sql',
      connectivityType: 'ShareableCloud',
      connectionDetails: { type: 'SQL', path: 'sql.example;claims' },
    },
  ],
  workspaces: [
    {
      ...workspace(ids.workspaces.dev, 'Claims-Dev'),
      roleAssignments: [portalAdmin, { ...portalAdmin, principalId: ids.reader, role: 'Viewer' }],
      git: repository,
    },
    workspace(ids.workspaces.test, 'Claims-Test'),
    workspace(ids.workspaces.spare, 'Claims-Spare'),
  ],
  deploymentPipelines: [
    {
      id: ids.pipeline,
      displayName: 'Claims',
      admins: [ids.portal],
      stages: [
        { id: ids.stages[0], displayName: 'Dev', workspaceId: ids.workspaces.dev, isPublic: false },
        { id: ids.stages[1], displayName: 'Test', workspaceId: ids.workspaces.test, isPublic: false },
      ],
    },
  ],
  repositories: [
    {
      owner: repository.owner,
      name: repository.repository,
      defaultBranch: repository.branch,
      commits: [
        {
          message: 'feat: first items',
          author: { name: 'Developer', email: 'developer@contoso.example' },
          daysAgo: 2,
          changes: Object.entries(files).map(([path, text]) => ({ kind: 'write', path: `workspace/${path}`, text })),
        },
      ],
    },
  ],
}

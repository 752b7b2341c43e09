import { demo } from './ids'

type Tier = 'dev' | 'test' | 'uat' | 'prod'

export type DemoVariable = {
  readonly name: string
  readonly kind: 'lakehouse' | 'warehouse' | 'connection' | 'capacity' | 'text'
  readonly values: Readonly<Partial<Record<Tier, string>>>
}

export type DemoRule = {
  readonly kind: 'data-source' | 'parameter' | 'lakehouse' | 'capacity'
  readonly name: string
  /** Of `demoVariables`: its Dev value is what is found, its value for the tier what is put there. */
  readonly variable: string
  /** The item types whose definitions it rewrites; it hits at least one of each. */
  readonly itemTypes: readonly string[]
  /** Where in the definition, in words. */
  readonly places: readonly string[]
}

const byTier = (value: (tier: Tier) => string): Record<Tier, string> => ({
  dev: value('dev'),
  test: value('test'),
  uat: value('uat'),
  prod: value('prod'),
})

/** Policy 2.2, with UAT by the convention. */
export const demoVariables: readonly DemoVariable[] = [
  { name: 'Lakehouse', kind: 'lakehouse', values: byTier(tier => `lh_claims_${tier}`) },
  { name: 'Warehouse', kind: 'warehouse', values: byTier(tier => `wh_claims_${tier}`) },
  { name: 'Connection', kind: 'connection', values: demo.connections.sql },
  { name: 'Pipeline connection', kind: 'connection', values: demo.connections.pipelines },
  {
    name: 'Capacity',
    kind: 'capacity',
    values: { dev: 'Dev Capacity', test: 'Test Capacity', uat: 'UAT Capacity', prod: 'Prod Capacity' },
  },
  { name: 'SQL server', kind: 'text', values: byTier(tier => `sql-claims-${tier}.claims.example`) },
  { name: 'Database', kind: 'text', values: byTier(tier => `claimscore_${tier}`) },
  {
    name: 'Workspace',
    kind: 'text',
    values: {
      dev: 'Claims-Analytics-Dev',
      test: 'Claims-Analytics-Test',
      uat: 'Claims-Analytics-UAT',
      prod: 'Claims-Analytics-Prod',
    },
  },
]

/** Policy 2.3: together they rewrite every Dev value in the items. */
export const demoRules: readonly DemoRule[] = [
  {
    kind: 'data-source',
    name: 'Source connection',
    variable: 'Connection',
    itemTypes: ['DataPipeline', 'Dataflow'],
    places: [
      'pipeline-content.json: externalReferences.connection in the source of each Copy activity',
      'queryMetadata.json: DatasourceId inside the connectionId text',
    ],
  },
  {
    kind: 'data-source',
    name: 'Pipeline connection',
    variable: 'Pipeline connection',
    itemTypes: ['DataPipeline'],
    places: ['pipeline-content.json: externalReferences.connection of each InvokePipeline activity'],
  },
  {
    kind: 'data-source',
    name: 'Source server',
    variable: 'SQL server',
    itemTypes: ['Dataflow', 'Notebook'],
    places: [
      'mashup.pq: first argument of Sql.Database',
      'queryMetadata.json: path of the connection',
      'notebook-content.py: the parameter server of nb_smoke_test',
    ],
  },
  {
    kind: 'data-source',
    name: 'Source database',
    variable: 'Database',
    itemTypes: ['DataPipeline', 'Dataflow', 'Notebook'],
    places: [
      'pipeline-content.json: database in the source of each Copy activity',
      'mashup.pq: second argument of Sql.Database; queryMetadata.json: path of the connection',
      'notebook-content.py: the parameter database of nb_smoke_test',
    ],
  },
  {
    kind: 'parameter',
    name: 'Model server',
    variable: 'SQL server',
    itemTypes: ['SemanticModel'],
    places: ['definition/expressions.tmdl: the parameter Server of Claims and Reserves'],
  },
  {
    kind: 'parameter',
    name: 'Warehouse',
    variable: 'Warehouse',
    itemTypes: ['SemanticModel', 'Notebook', 'Warehouse'],
    places: [
      'definition/expressions.tmdl: the parameter Database of Claims',
      'notebook-content.py: table names in the text of the cells',
      '.platform: the display name of the Warehouse itself',
    ],
  },
  {
    kind: 'parameter',
    name: 'Workspace name',
    variable: 'Workspace',
    itemTypes: ['Notebook'],
    places: ['notebook-content.py: the abfss address of nb_load_reference'],
  },
  {
    kind: 'lakehouse',
    name: 'Lakehouse',
    variable: 'Lakehouse',
    itemTypes: ['Lakehouse', 'Notebook', 'DataPipeline', 'SemanticModel'],
    places: [
      '.platform: the display name of the Lakehouse itself',
      'notebook-content.py: default_lakehouse, default_lakehouse_name, default_lakehouse_workspace_id and known_lakehouses, and table names in the text of the cells',
      'pipeline-content.json: linkedService.name, artifactId and workspaceId in the sink of each Copy activity',
      'definition/expressions.tmdl: the parameter Database of Reserves',
    ],
  },
  {
    kind: 'capacity',
    name: 'Capacity',
    variable: 'Capacity',
    itemTypes: ['Notebook'],
    places: [
      'the capacity of the target workspace, which is checked, not written',
      'notebook-content.py: the parameter expected_capacity of nb_smoke_test',
    ],
  },
]

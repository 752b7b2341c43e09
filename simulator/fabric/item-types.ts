const collections: Readonly<Record<string, string>> = {
  apacheAirflowJobs: 'ApacheAirflowJob',
  copyJobs: 'CopyJob',
  cosmosDbDatabases: 'CosmosDBDatabase',
  dashboards: 'Dashboard',
  dataAgents: 'DataAgent',
  dataBuildToolJobs: 'DataBuildToolJob',
  dataPipelines: 'DataPipeline',
  dataflows: 'Dataflow',
  datamarts: 'Datamart',
  environments: 'Environment',
  eventhouses: 'Eventhouse',
  eventstreams: 'Eventstream',
  graphQLApis: 'GraphQLApi',
  kqlDashboards: 'KQLDashboard',
  kqlDatabases: 'KQLDatabase',
  kqlQuerysets: 'KQLQueryset',
  lakehouses: 'Lakehouse',
  maps: 'Map',
  mirroredDatabases: 'MirroredDatabase',
  mirroredWarehouses: 'MirroredWarehouse',
  mlExperiments: 'MLExperiment',
  mlModels: 'MLModel',
  mountedDataFactories: 'MountedDataFactory',
  notebooks: 'Notebook',
  ontologies: 'Ontology',
  paginatedReports: 'PaginatedReport',
  reflexes: 'Reflex',
  reports: 'Report',
  semanticModels: 'SemanticModel',
  sparkJobDefinitions: 'SparkJobDefinition',
  sqlDatabases: 'SQLDatabase',
  sqlEndpoints: 'SQLEndpoint',
  userDataFunctions: 'UserDataFunction',
  variableLibraries: 'VariableLibrary',
  warehouses: 'Warehouse',
  warehouseSnapshots: 'WarehouseSnapshot',
}

const byLowerCase = new Map(Object.entries(collections).map(([name, type]) => [name.toLowerCase(), type]))

/** The item type of a typed path segment such as `lakehouses`. */
export const typeOfCollection = (collection: string): string | undefined => byLowerCase.get(collection.toLowerCase())

const withoutDefinition = new Set([
  'Dashboard',
  'Datamart',
  'MLExperiment',
  'MLModel',
  'MirroredWarehouse',
  'SQLEndpoint',
  'Warehouse',
  'WarehouseSnapshot',
])

export const hasDefinition = (type: string): boolean => !withoutDefinition.has(type)

/** Types that bring a SQL endpoint with them. */
export const hasSqlEndpoint = (type: string): boolean => ['Lakehouse', 'MirroredDatabase', 'SQLDatabase'].includes(type)

const notCreatable = new Set(['Dashboard', 'Datamart', 'MirroredWarehouse', 'SQLEndpoint'])

export const canBeCreated = (type: string): boolean => !notCreatable.has(type)

/** Power BI content may stand twice under one name in a workspace. */
export const allowsDuplicateNames = (type: string): boolean =>
  ['SemanticModel', 'Report', 'PaginatedReport', 'Dashboard'].includes(type)

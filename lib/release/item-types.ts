/**
 * What Fabric can do with an item type.
 * `definition`: full (create, read, update), create-only (by name, no definition), or none (no create call a portal can use).
 * `servicePrincipal`: whether a service identity may write it. `pipelines`: 'check' means that the documentation does not say.
 */
export type ItemType = {
  readonly name: string
  readonly definition: 'full' | 'create-only' | 'none'
  readonly servicePrincipal: boolean
  readonly pipelines: 'yes' | 'no' | 'check'
  readonly holdsData: boolean
  readonly needsCapacity: boolean
}

type Traits = Partial<Omit<ItemType, 'name'>>
const type = (name: string, traits: Traits = {}): ItemType => ({
  name,
  definition: 'full',
  servicePrincipal: true,
  pipelines: 'yes',
  holdsData: false,
  needsCapacity: true,
  ...traits,
})

const data: Traits = { holdsData: true }
const unlisted: Traits = { pipelines: 'check' }
const shellOnly: Traits = { definition: 'create-only', servicePrincipal: false, pipelines: 'no' }
const noDefinition: Traits = { definition: 'none', needsCapacity: false }

/** In the order in which types are published when nothing else decides; deletions go in reverse. */
export const itemTypes: readonly ItemType[] = [
  type('VariableLibrary'),
  type('Warehouse', { ...data, definition: 'create-only' }),
  type('MirroredDatabase', data),
  type('Lakehouse', data),
  type('SQLDatabase', data),
  type('Environment'),
  type('UserDataFunction', { ...unlisted, servicePrincipal: false }),
  type('Eventhouse', data),
  type('SparkJobDefinition', unlisted),
  type('Notebook'),
  type('SemanticModel', { needsCapacity: false }),
  type('Report', { needsCapacity: false }),
  type('PaginatedReport', { needsCapacity: false }),
  type('CopyJob', unlisted),
  type('KQLDatabase', data),
  type('KQLQueryset', unlisted),
  type('Dataflow'),
  type('DataPipeline'),
  type('Reflex'),
  type('Eventstream'),
  type('KQLDashboard', unlisted),
  type('GraphQLApi', unlisted),
  type('DataAgent', unlisted),
  type('MountedDataFactory', unlisted),
  type('ApacheAirflowJob', unlisted),
  type('MLExperiment', shellOnly),
  type('MLModel', shellOnly),
  type('Dashboard', noDefinition),
  type('Datamart', noDefinition),
  type('SQLEndpoint', { ...noDefinition, pipelines: 'no' }),
]

const byName = new Map(itemTypes.map((itemType, rank) => [itemType.name.toLowerCase(), { itemType, rank }]))

/** Null for a type that is not in the table: it is listed as not supported, and everything else goes on. */
export const itemTypeNamed = (name: string): ItemType | null => byName.get(name.toLowerCase())?.itemType ?? null

export const publishRank = (name: string): number => byName.get(name.toLowerCase())?.rank ?? itemTypes.length

/** Loses data when it is deleted. A type that is not known counts as one that does. */
export const holdsData = (name: string): boolean => itemTypeNamed(name)?.holdsData ?? true

type Named = { readonly type: string; readonly name: string; readonly parts?: readonly unknown[] | null }
const stagingItem =
  /^(StagingLakehouseForDataflows|StagingWarehouseForDataflows|DataflowsStaging(Lakehouse|Warehouse))/i

/** Made by Fabric beside another item (SQL endpoints, default models, staging stores): never planned, never drift, never deleted. */
export function isAutoCreated(item: Named, siblings: readonly Named[]): boolean {
  if (item.type === 'SQLEndpoint' || stagingItem.test(item.name)) return true
  if (item.type !== 'SemanticModel' || item.parts !== null) return false
  return siblings.some(
    other =>
      (other.type === 'Lakehouse' || other.type === 'Warehouse') &&
      other.name.toLowerCase() === item.name.toLowerCase(),
  )
}

import { logicalIdOf, nameInTier, nameKey, pairItems } from './pairing'
import { itemLabel } from './plan'
import type { KnownEnvironment, KnownItem, PlanInput, SqlEndpoint } from './plan-input'
import { awaiting, endpointOf, isAwaiting, type Resolution } from './resolution'
import { whyNotSupported } from './support'

/** What the run has created so far, by the source object id of the item. */
export type Created = ReadonlyMap<string, { readonly id: string; readonly sqlEndpoint?: SqlEndpoint | null }>

type Counterpart = { readonly id: string; readonly sqlEndpoint: SqlEndpoint | null; readonly label: string }

/**
 * Where every id and name of the release points in the target. For the plan, leave `created` out: items that do not exist yet are awaited.
 * At execution, call it again with what has been created, before each level.
 */
export function buildResolution(input: PlanInput, created: Created = new Map()): Resolution {
  const source = input.environments.find(environment => environment.tier === input.sourceTier)
  const known = knownInTarget(input)
  const ids = new Map([[input.release.workspaceId.toLowerCase(), input.target.workspaceId]])
  const hosts = new Map<string, string>()
  const renamed = new Map<string, { type: string; from: string; to: string }>()
  const models = new Map([...known.values()].filter(isModel).map(item => [item.name.toLowerCase(), item.id]))
  const sourceLakehouses = new Map<string, string>()
  const targetLakehouses = new Map(
    [...known.values()].filter(isLakehouse).map(item => [item.name.toLowerCase(), item.id]),
  )
  if (source !== undefined) ids.set(source.workspaceId.toLowerCase(), input.target.workspaceId)

  const bind = (item: KnownItem, to: Counterpart) => {
    ids.set(item.id.toLowerCase(), to.id)
    const endpoint = item.sqlEndpoint
    if (!endpoint) return
    const placeholder = awaiting(`${endpointOf}${to.label}`)
    ids.set(endpoint.id.toLowerCase(), to.sqlEndpoint?.id ?? placeholder)
    const host = endpoint.connectionString.toLowerCase()
    const before = hosts.get(host)
    if (before === undefined || isAwaiting(before)) hosts.set(host, to.sqlEndpoint?.connectionString ?? placeholder)
  }

  const sourceItems = new Map((source?.items ?? []).map(item => [item.id.toLowerCase(), item]))
  for (const { item, targetName, target, missingVariable } of pairItems(input)) {
    const made = created.get(item.objectId)
    const label = itemLabel({ type: item.type, name: targetName })
    const id = made?.id ?? target?.objectId ?? awaiting(label)
    const here = known.get(nameKey({ type: item.type, name: targetName }))
    const sqlEndpoint = made?.sqlEndpoint ?? target?.sqlEndpoint ?? here?.sqlEndpoint ?? null
    const key = item.objectId.toLowerCase()
    const willExist = made !== undefined || target !== null || whyNotSupported(item, input.identity) === null
    if (missingVariable === null && willExist) {
      bind({ ...item, id: item.objectId, sqlEndpoint: sourceItems.get(key)?.sqlEndpoint }, { id, sqlEndpoint, label })
      const logicalId = logicalIdOf(item)?.toLowerCase()
      const names = { type: item.type, from: item.name, to: targetName }
      if (logicalId !== undefined) ids.set(logicalId, id)
      if (targetName !== item.name) for (const known of [key, logicalId]) if (known) renamed.set(known, names)
      if (item.type === 'Lakehouse') targetLakehouses.set(targetName.toLowerCase(), id)
      if (item.type === 'SemanticModel') models.set(item.name.toLowerCase(), id)
    }
    if (item.type === 'Lakehouse') sourceLakehouses.set(item.name.toLowerCase(), item.objectId.toLowerCase())
    sourceItems.delete(key)
  }
  for (const item of sourceItems.values()) {
    if (item.type === 'Lakehouse') sourceLakehouses.set(item.name.toLowerCase(), item.id.toLowerCase())
    const name = nameInTier(item, input.variables, input.sourceTier, input.tier)
    const counterpart = name === null ? undefined : known.get(nameKey({ type: item.type, name }))
    if (counterpart === undefined) continue
    bind(item, { id: counterpart.id, sqlEndpoint: counterpart.sqlEndpoint ?? null, label: itemLabel(counterpart) })
    if (counterpart.name !== item.name)
      renamed.set(item.id.toLowerCase(), { type: item.type, from: item.name, to: counterpart.name })
  }
  return {
    ids,
    hosts,
    renamed,
    models,
    sourceLakehouses,
    targetLakehouses,
    sourceWorkspace: { id: input.release.workspaceId, name: source?.workspaceName ?? null },
    targetWorkspace: { id: input.target.workspaceId, name: input.target.workspaceName },
    zeroWorkspace: input.target.workspaceId,
  }
}

const isModel = (item: KnownItem) => item.type === 'SemanticModel'
const isLakehouse = (item: KnownItem) => item.type === 'Lakehouse'

function knownInTarget(input: PlanInput): ReadonlyMap<string, KnownItem> {
  const here = (environment: KnownEnvironment) => environment.workspaceId === input.target.workspaceId
  const known = input.environments.filter(here).flatMap(environment => environment.items)
  const read = input.target.items.map(item => ({ ...item, id: item.objectId }))
  const withEndpoint = (item: KnownItem) => ({
    ...item,
    sqlEndpoint: item.sqlEndpoint ?? known.find(one => one.id === item.id)?.sqlEndpoint,
  })
  return new Map([...known, ...read.map(withEndpoint)].map(item => [nameKey(item), item]))
}

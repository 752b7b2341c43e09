import { type Variable, valueIn } from '@/lib/configuration/variable'
import type { Tier } from '@/lib/environment/tier'
import { isAutoCreated } from '@/lib/release/item-types'
import { isPlatformPart, isRecord, partJson } from '@/lib/release/part-text'
import type { SnapshotItem } from '@/lib/release/snapshot'
import type { PlanInput, TargetItem } from './plan-input'
import { zeroId } from './resolution'

export type Pair = {
  readonly item: SnapshotItem
  readonly targetName: string
  readonly target: TargetItem | null
  /** The variable that should name the item in the target, when it has no value for the tier. */
  readonly missingVariable: string | null
}

const namedByVariable: Readonly<Record<string, Variable['kind']>> = { Lakehouse: 'lakehouse', Warehouse: 'warehouse' }

type TypeAndName = { readonly type: string; readonly name: string }
export const nameKey = (item: TypeAndName): string => `${item.type}/${item.name}`.toLowerCase()

/** The name that an item of one tier carries in another: that of its lakehouse or warehouse variable, or its own. Null when the variable has no value there. */
export function nameInTier(item: TypeAndName, variables: readonly Variable[], from: Tier, to: Tier): string | null {
  const variable = namingVariable(item, variables, from)
  return variable === null ? item.name : valueIn(variable, to)
}

/** Each item of the release beside the item of the target that it becomes; items that Fabric makes by itself are left out. */
export function pairItems(input: PlanInput): Pair[] {
  const { release, target, variables, sourceTier, tier } = input
  const byName = new Map(target.items.map(item => [nameKey(item), item]))
  const byId = new Map(target.items.map(item => [item.objectId.toLowerCase(), item]))
  const planned = release.items.filter(item => !isAutoCreated(item, release.items))
  return planned.map(item => {
    const targetName = nameInTier(item, variables, sourceTier, tier)
    const variable = targetName === null ? namingVariable(item, variables, sourceTier) : null
    const named = byName.get(nameKey({ type: item.type, name: targetName ?? item.name })) ?? null
    const edge = input.strategy === 'deployment-pipeline' ? edgeFrom(input, item) : null
    return {
      item,
      targetName: targetName ?? item.name,
      target: variable === null ? ((edge === null ? null : byId.get(edge.toLowerCase())) ?? named) : null,
      missingVariable: variable?.name ?? null,
    }
  })
}

/** The item of the source stage that stands for a release item; null when the stage is not known to hold it. */
export function stageSourceId(input: PlanInput, item: SnapshotItem): string | null {
  const stageTier = input.pairing?.sourceTier
  if (stageTier === undefined) return null
  if (stageTier === input.sourceTier) return item.objectId
  const name = nameInTier(item, input.variables, input.sourceTier, stageTier)
  const stage = input.environments.find(environment => environment.tier === stageTier)
  if (name === null || stage === undefined) return null
  return stage.items.find(known => nameKey(known) === nameKey({ type: item.type, name }))?.id ?? null
}

/** The id that git gave an item; null when there is none, or only zeros. */
export function logicalIdOf(item: SnapshotItem): string | null {
  const platform = item.parts?.find(part => isPlatformPart(part.path))
  const value = platform === undefined ? undefined : partJson(platform)
  const config = isRecord(value) ? value.config : undefined
  const logicalId = item.logicalId ?? (isRecord(config) ? config.logicalId : null)
  return typeof logicalId === 'string' && logicalId !== zeroId && logicalId !== '' ? logicalId : null
}

function namingVariable(item: TypeAndName, variables: readonly Variable[], from: Tier): Variable | null {
  const kind = namedByVariable[item.type]
  if (kind === undefined) return null
  return (
    variables.find(one => one.kind === kind && valueIn(one, from)?.toLowerCase() === item.name.toLowerCase()) ?? null
  )
}

function edgeFrom(input: PlanInput, item: SnapshotItem): string | null {
  const source = stageSourceId(input, item)?.toLowerCase()
  if (source === undefined) return null
  return input.pairing?.edges.find(edge => edge.sourceItemId.toLowerCase() === source)?.targetItemId ?? null
}

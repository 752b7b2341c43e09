import { itemTypeNamed } from '@/lib/release/item-types'
import type { SnapshotItem } from '@/lib/release/snapshot'
import type { PlanInput } from './plan-input'

const creatableByName = new Set(['Lakehouse', 'SQLDatabase', 'Eventhouse'])

/** Whether an item is made by its name alone, without a definition. */
export const isShell = (item: SnapshotItem): boolean =>
  itemTypeNamed(item.type)?.definition === 'create-only' || (item.parts === null && creatableByName.has(item.type))

/** Why an item cannot be promoted at all, as a sentence; null when it can. */
export function whyNotSupported(item: SnapshotItem, identity: PlanInput['identity']): string | null {
  const type = itemTypeNamed(item.type)
  if (type === null) return `The portal does not know the item type ${item.type}: not supported, not promoted.`
  if (type.definition === 'none') return `Fabric has no way to write a ${item.type} by its definition.`
  const isService = (identity?.kind ?? 'service-principal') === 'service-principal'
  if (isService && !type.servicePrincipal) return `Fabric does not let a service identity write a ${item.type}.`
  if (identity?.deniedTypes?.includes(item.type)) return `Fabric refused the portal's identity to write a ${item.type}.`
  if (item.parts === null && !isShell(item)) return `Fabric gave no definition for this ${item.type}.`
  return null
}

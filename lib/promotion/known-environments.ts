import type { Tier } from '@/lib/environment/tier'
import type { KnownEnvironment, KnownItem, TargetState } from './plan-input'

/** The project's environments with what was just read from the target in place of what was known of it; `coming` are items that it will have. */
export function environmentsWith(
  environments: readonly KnownEnvironment[],
  target: TargetState,
  tier: Tier,
  coming: readonly KnownItem[] = [],
): KnownEnvironment[] {
  const own = environments.find(environment => environment.tier === tier)
  const known = new Map((own?.items ?? []).map(item => [item.id, item]))
  const read = target.items.map(item => {
    const sqlEndpoint = item.sqlEndpoint ?? known.get(item.objectId)?.sqlEndpoint ?? null
    return { id: item.objectId, type: item.type, name: item.name, sqlEndpoint }
  })
  const { workspaceId, workspaceName, capacity } = target
  const here = { tier, workspaceId, workspaceName, capacity, connections: own?.connections ?? [] }
  return [...environments.filter(environment => environment.tier !== tier), { ...here, items: [...read, ...coming] }]
}

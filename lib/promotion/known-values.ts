import type { Variable } from '@/lib/configuration/variable'
import { type Tier, tiers } from '@/lib/environment/tier'
import { isGuid } from './edit'
import { nameInTier, nameKey } from './pairing'
import type { KnownEnvironment, KnownItem } from './plan-input'
import { isAwaiting, zeroId } from './resolution'

/** Something that belongs to one tier: `value` is an id, a host or a name; `what` says it in words. */
export type KnownValue = {
  readonly value: string
  readonly what: string
  readonly tier: Tier
  readonly expected: string | null
}

const storeTypes = new Set(['Lakehouse', 'Warehouse'])
const looksShared = (value: string) => value === zeroId || value.trim().length < 4

/**
 * Every id and name that belongs to another tier of the project and to this one not, by lower-case value, with what should stand there
 * instead. Names of items are looked for only where they hold data: a report has the same name everywhere.
 */
export function foreignValues(
  environments: readonly KnownEnvironment[],
  variables: readonly Variable[],
  tier: Tier,
): ReadonlyMap<string, KnownValue> {
  const own = new Set(
    environments
      .filter(environment => environment.tier === tier)
      .flatMap(environment => valuesOf(environment, variables, null, tier))
      .concat(variableValues(variables, tier, tier))
      .map(({ value }) => value.toLowerCase()),
  )
  const here = environments.find(environment => environment.tier === tier) ?? null
  const foreign = new Map<string, KnownValue>()
  for (const other of tiers.filter(one => one !== tier)) {
    const known = environments
      .filter(environment => environment.tier === other)
      .flatMap(environment => valuesOf(environment, variables, here, tier))
    for (const value of [...known, ...variableValues(variables, other, tier)]) {
      const key = value.value.toLowerCase()
      if (!own.has(key) && !foreign.has(key) && !looksShared(key)) foreign.set(key, value)
    }
  }
  return foreign
}

function valuesOf(
  environment: KnownEnvironment,
  variables: readonly Variable[],
  here: KnownEnvironment | null,
  target: Tier,
): KnownValue[] {
  const { tier, capacity } = environment
  const add = (value: string, what: string, expected: string | null | undefined) => [
    { value, what, tier, expected: !expected || isAwaiting(expected) ? null : expected },
  ]
  const counterpart = (item: KnownItem) => {
    const name = nameInTier(item, variables, tier, target)
    return name === null ? undefined : here?.items.find(one => nameKey(one) === nameKey({ type: item.type, name }))
  }
  return [
    ...add(environment.workspaceId, 'workspace id', here?.workspaceId),
    ...add(environment.workspaceName, 'workspace name', here?.workspaceName),
    ...(capacity === null
      ? []
      : [
          ...add(capacity.id, 'capacity id', here?.capacity?.id),
          ...add(capacity.displayName, 'capacity name', here?.capacity?.displayName),
        ]),
    ...environment.items.flatMap(item => {
      const twin = counterpart(item)
      return [
        ...add(item.id, `id of ${item.type} ${item.name}`, twin?.id),
        ...(storeTypes.has(item.type) ? add(item.name, `${item.type.toLowerCase()} name`, twin?.name) : []),
        ...(item.sqlEndpoint
          ? [
              ...add(item.sqlEndpoint.id, `SQL endpoint id of ${item.name}`, twin?.sqlEndpoint?.id),
              ...add(
                item.sqlEndpoint.connectionString,
                `SQL endpoint of ${item.name}`,
                twin?.sqlEndpoint?.connectionString,
              ),
            ]
          : []),
      ]
    }),
    ...environment.connections.flatMap(connection => [
      ...add(connection.id, `id of connection ${connection.displayName}`, null),
      ...add(connection.displayName, 'connection name', null),
    ]),
  ]
}

/** Values of text variables are compared only when they are ids: other text may be right in more than one tier. */
function variableValues(variables: readonly Variable[], tier: Tier, target: Tier): KnownValue[] {
  return variables.flatMap(({ name, kind, values }) => {
    const value = values[tier]
    if (value === undefined || (kind === 'text' && !isGuid(value))) return []
    return [{ value, what: `value of ${name}`, tier, expected: values[target] ?? null }]
  })
}

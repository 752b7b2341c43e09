import { valueIn } from '@/lib/configuration/variable'
import { testConnection } from '@/lib/fabric/connections'
import { FabricError } from '@/lib/fabric/errors'
import { executeQuery } from '@/lib/fabric/power-bi'
import { plainWords } from '@/lib/fabric/refusal'
import { listSqlEndpoints, refreshSqlEndpoint } from '@/lib/fabric/sql-endpoints'
import type { PlannedItem } from '@/lib/promotion/plan'
import type { Check, Validating, Verdict } from './validate'

/** Each connection that the tier's variables name, each lakehouse's SQL endpoint, and one query to each semantic model. */
export function connectivityChecks(validating: Validating): Check[] {
  const check = (subject: string, look: () => Promise<Verdict>): Check => ({
    kind: 'data-connectivity',
    subject,
    look: () => told(look),
  })
  return [
    ...connectionNames(validating).map(name => check(`Connection ${name}`, () => connects(validating, name))),
    ...live(validating, 'Lakehouse').map(item =>
      check(`SQL endpoint of ${item.targetName}`, () => refreshes(validating, idOf(validating, item))),
    ),
    ...live(validating, 'SemanticModel').map(item =>
      check(`Model ${item.targetName}`, () => answers(validating, idOf(validating, item))),
    ),
  ]
}

/** The planned items of a type that are in the target now. */
export const live = ({ plan, written }: Validating, type: string): PlannedItem[] =>
  plan.items.filter(
    item =>
      item.type === type &&
      (written.has(item.sourceId ?? '') || (item.targetId !== null && item.action === 'unchanged')),
  )

export const idOf = ({ written }: Validating, item: PlannedItem): string =>
  written.get(item.sourceId ?? '')?.id ?? item.targetId ?? ''

export async function told(look: () => Promise<Verdict>): Promise<Verdict> {
  try {
    return await look()
  } catch (error) {
    if (!(error instanceof FabricError)) throw error
    return { passed: false, message: plainWords(error) }
  }
}

function connectionNames({ input }: Validating): string[] {
  const values = input.variables
    .filter(variable => variable.kind === 'connection')
    .flatMap(variable => valueIn(variable, input.tier) ?? [])
  return [...new Set(values)]
}

async function connects({ run, input }: Validating, name: string): Promise<Verdict> {
  const known = input.environments.find(environment => environment.tier === input.tier)?.connections ?? []
  const connection = known.find(one =>
    [one.id, one.displayName].some(word => word.toLowerCase() === name.toLowerCase()),
  )
  if (connection === undefined)
    return { passed: false, message: "The portal's service identity sees no such connection" }
  const status = await testConnection(run.fabric, connection.id)
  const passed = status === null || ['online', 'success', 'succeeded'].includes(status.toLowerCase())
  return { passed, message: passed ? `${connection.displayName} answers` : `Fabric says: ${status}` }
}

async function refreshes({ run }: Validating, lakehouseId: string): Promise<Verdict> {
  const { fabric, environment } = run
  const endpoint = (await listSqlEndpoints(fabric, environment.workspaceId)).get(lakehouseId)
  if (endpoint === undefined) return { passed: false, message: 'Fabric has not made the SQL endpoint' }
  const failed = await refreshSqlEndpoint(fabric, environment.workspaceId, endpoint.id)
  const [first] = failed
  if (first === undefined) return { passed: true, message: 'Its tables are in step' }
  return {
    passed: false,
    message: `${failed.length} tables could not be read, first ${first.tableName}: ${first.message}`,
  }
}

async function answers({ run }: Validating, modelId: string): Promise<Verdict> {
  const about = { workspaceId: run.environment.workspaceId, modelId, dax: 'EVALUATE ROW("ok", 1)' }
  const rows = await executeQuery(run.fabric, about)
  const passed = rows.length === 1
  return { passed, message: passed ? 'It answers a query' : `A query for one row gave ${rows.length}` }
}

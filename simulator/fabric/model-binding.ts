import { z } from 'zod'
import type { ItemRecord } from '../store/records'
import { liveItems, partsOf } from './item-store'
import type { Simulation } from './simulation'

const pbirSchema = z.object({
  datasetReference: z.object({
    byPath: z.object({ path: z.string() }).nullish(),
    byConnection: z
      .object({ connectionString: z.string().nullish(), pbiModelDatabaseName: z.string().nullish() })
      .nullish(),
  }),
})

/** The id of the model that a report shows, or null when it is bound to nothing here. */
export function modelOf(sim: Simulation, report: ItemRecord): string | null {
  if (report.reboundTo !== null) return report.reboundTo
  const bytes = partsOf(sim, report).get('definition.pbir')
  const reference = bytes === undefined ? null : readReference(bytes)
  if (reference === null) return null
  const { byConnection, byPath } = reference
  const id =
    /semanticmodelid=([0-9a-f-]{36})/i.exec(byConnection?.connectionString ?? '')?.[1] ??
    byConnection?.pbiModelDatabaseName ??
    null
  if (id !== null) return id.toLowerCase()
  const name = /([^/]+)\.(SemanticModel|Dataset)\/?$/.exec(byPath?.path ?? '')?.[1]
  const model = liveItems(sim, report.workspaceId).find(
    item => item.type === 'SemanticModel' && item.displayName === name,
  )
  return model?.id ?? null
}

function readReference(bytes: Buffer): z.infer<typeof pbirSchema>['datasetReference'] | null {
  try {
    return pbirSchema.parse(JSON.parse(bytes.toString('utf8').replace(/^\uFEFF/, ''))).datasetReference
  } catch {
    return null
  }
}

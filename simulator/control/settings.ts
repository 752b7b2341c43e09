import { z } from 'zod'

const milliseconds = z.number().int().min(0).max(3_600_000)

/** How the stand-in behaves; each can be changed while it runs. */
export const settingsSchema = z.object({
  latencyMs: milliseconds,
  /** Share of calls answered 202 where Fabric answers either way; spread evenly, not by chance. */
  asyncRate: z.number().min(0).max(1),
  operationMs: milliseconds,
  retryAfterSeconds: z.number().int().min(0).max(3600),
  pageSize: z.number().int().min(1).max(10_000),
  /** Origin in `Location` headers and continuation addresses of operations; null is our own. */
  foreignLocationHost: z.string().nullable(),
  nameReservationMs: milliseconds,
  endpointDelayMs: milliseconds,
  /** A new item is missing from lists for that long. */
  listLagMs: milliseconds,
  capacityAssignmentMs: milliseconds,
  jobMs: milliseconds,
  refreshMs: milliseconds,
  exportMs: milliseconds,
  /** Calls a minute for each identity before 429; 0 is without limit. */
  callsPerMinute: z.number().int().min(0),
  /** Item types that a service principal is refused for. */
  typesRefusedToServicePrincipals: z.array(z.string()),
})

export type Settings = z.infer<typeof settingsSchema>

export const firstSettings: Settings = {
  latencyMs: 0,
  asyncRate: 0.5,
  operationMs: 150,
  retryAfterSeconds: 0,
  pageSize: 100,
  foreignLocationHost: null,
  nameReservationMs: 500,
  endpointDelayMs: 200,
  listLagMs: 0,
  capacityAssignmentMs: 150,
  jobMs: 150,
  refreshMs: 150,
  exportMs: 150,
  callsPerMinute: 0,
  typesRefusedToServicePrincipals: ['UserDataFunction', 'MLExperiment', 'MLModel'],
}

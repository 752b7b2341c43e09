import type { Fabric } from './fabric'
import { listAll } from './paging'
import { type Capacity, capacitySchema } from './schemas'

/** The capacities that the service identity may see. */
export const listCapacities = (fabric: Fabric): Promise<Capacity[]> =>
  listAll(fabric, capacitySchema, { path: '/capacities' })

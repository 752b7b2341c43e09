import type { Context } from '../fabric/simulation'
import type { Route } from '../http/router'

/** Every Power BI call that is served. */
export const powerBiRoutes: readonly Route<Context>[] = []

import type { Context } from '../fabric/simulation'
import type { Route } from '../http/router'
import { datasetRoutes } from './datasets'
import { exportRoutes } from './exports'
import { queryRoutes } from './queries'
import { refreshRoutes } from './refreshes'
import { reportRoutes } from './reports'

/** Every Power BI call that is served. */
export const powerBiRoutes: readonly Route<Context>[] = [
  ...datasetRoutes,
  ...refreshRoutes,
  ...queryRoutes,
  ...reportRoutes,
  ...exportRoutes,
]

import type { Effect, Faults } from '../control/faults'
import type { Settings } from '../control/settings'
import type { Store } from '../store/store'
import type { Tenant } from '../tenant'
import type { Caller } from './caller'
import type { Timers } from './timers'

/** Everything a handler works on. */
export type Simulation = {
  readonly tenant: Tenant
  readonly baseUrl: string
  readonly open: boolean
  /** Where the git part keeps its repositories. */
  readonly gitDirectory: string
  readonly store: Store
  readonly faults: Faults
  readonly timers: Timers
  settings: Settings
}

/** One authenticated call. */
export type Context = {
  readonly sim: Simulation
  readonly caller: Caller
  readonly effect: Effect | null
}

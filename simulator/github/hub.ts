import type { CiStore } from '../ci/store'
import type { Tenant } from '../tenant'
import type { Store } from './store'

/** What every part of the GitHub stand-in works with. */
export type Hub = {
  readonly baseUrl: string
  readonly tenant: Tenant
  /** The git part's own folder. */
  readonly gitDir: string
  readonly store: Store
  /** What the build server keeps. */
  readonly ci: CiStore
}

/** One repository of the tenant, and where it lies. */
export type Place = {
  readonly owner: string
  readonly name: string
  readonly fullName: string
  readonly defaultBranch: string
  readonly directory: string
}

/** A request that GitHub would refuse, with its status and sentence. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message)
  }
}

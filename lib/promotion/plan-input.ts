import type { Rule } from '@/lib/configuration/rule'
import type { Variable } from '@/lib/configuration/variable'
import type { Tier } from '@/lib/environment/tier'
import type { Snapshot, SnapshotItem } from '@/lib/release/snapshot'
import type { Strategy } from './plan'

export type SqlEndpoint = { readonly id: string; readonly connectionString: string }

export type TargetItem = SnapshotItem & { readonly sqlEndpoint?: SqlEndpoint | null }

/** The target workspace as it is now. */
export type TargetState = {
  readonly workspaceId: string
  readonly workspaceName: string
  readonly items: readonly TargetItem[]
  readonly capacity: { readonly id: string; readonly displayName: string; readonly state: string } | null
}

export type KnownItem = {
  readonly id: string
  readonly type: string
  readonly name: string
  readonly sqlEndpoint?: SqlEndpoint | null
}

/** Ids and names of one environment: what the leak guard looks for, and what references resolve to. */
export type KnownEnvironment = {
  readonly tier: Tier
  readonly workspaceId: string
  readonly workspaceName: string
  readonly capacity: { readonly id: string; readonly displayName: string } | null
  readonly items: readonly KnownItem[]
  readonly connections: readonly { readonly id: string; readonly displayName: string }[]
}

/** Of the deployment pipeline strategy: the tier of the source stage, and the stored edges between its items and the target's. */
export type StagePairing = {
  readonly sourceTier: Tier
  readonly edges: readonly { readonly sourceItemId: string; readonly targetItemId: string }[]
}

export type PlanInput = {
  /** Definitions as read from the Dev workspace, in whichever hop. */
  readonly release: Snapshot
  readonly target: TargetState
  readonly tier: Tier
  /** The tier whose ids and values the release holds. */
  readonly sourceTier: Tier
  readonly variables: readonly Variable[]
  readonly rules: readonly Rule[]
  /** Every environment of the project that is linked. */
  readonly environments: readonly KnownEnvironment[]
  readonly strategy: Strategy
  readonly pairing?: StagePairing | null
  /** Who writes to Fabric; a service principal when left out. `deniedTypes`: what the target refused to it before. */
  readonly identity?: { readonly kind: 'service-principal' | 'user'; readonly deniedTypes?: readonly string[] }
}

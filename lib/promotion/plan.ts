import { z } from 'zod'
import { tiers } from '@/lib/environment/tier'
import { type Digest, digestOfJson } from '@/lib/kernel/digest'

const digest = z.custom<Digest>(value => typeof value === 'string' && /^sha256:[0-9a-f]{64}$/.test(value))

export const actions = [
  'create',
  'update',
  'unchanged',
  'stays-behind',
  'not-supported',
  'would-duplicate',
  'blocked',
] as const
export type Action = (typeof actions)[number]

/**
 * `after` is null while the part holds the id of an item that does not exist yet in the target: `awaits` names those items,
 * and the bytes are bound when they have been created. `after` null and nothing awaited: the part goes. `before` is null for a part that
 * the target does not have.
 */
const plannedPartSchema = z.object({
  path: z.string(),
  before: digest.nullable(),
  after: digest.nullable(),
  awaits: z.array(z.string()),
})

const plannedItemSchema = z.object({
  type: z.string(),
  sourceName: z.string(),
  targetName: z.string(),
  /** Object id in the release's workspace; for an item that stays behind, null. */
  sourceId: z.string().nullable(),
  targetId: z.string().nullable(),
  /** Wanted workspace folder path, '' for the root. */
  folder: z.string(),
  /** Where the target item is now; null when it does not exist. */
  currentFolder: z.string().nullable(),
  description: z.string(),
  action: z.enum(actions),
  via: z.enum(['definition', 'pipeline', 'none']),
  /** After the deployment pipeline has copied the item, its rewritten definition has to be written too. */
  thenDefinition: z.boolean(),
  /** The item of the source stage that `P/deploy` names; null unless `via` is pipeline. */
  pipelineSourceId: z.string().nullable(),
  /** It names an item that is created no earlier than itself (a cycle): write its definition again once all exist. */
  secondWrite: z.boolean(),
  /** Created by name only, without a definition. */
  shell: z.boolean(),
  holdsData: z.boolean(),
  because: z.array(z.string()),
  changes: z.array(z.string()),
  reloadsData: z.boolean(),
  parts: z.array(plannedPartSchema),
  /** Dependency level, from 0; items of one level may be written at the same time. */
  order: z.number(),
})

const ruleEffectSchema = z.object({
  rule: z.string(),
  kind: z.enum(['data-source', 'parameter', 'lakehouse', 'capacity']),
  variable: z.string(),
  oldValue: z.string().nullable(),
  newValue: z.string().nullable(),
  files: z.array(z.object({ item: z.string(), path: z.string(), count: z.number() })),
  status: z.enum(['applied', 'no-hit', 'missing-value', 'mismatch']),
  message: z.string(),
})

export const leakSchema = z.object({
  item: z.string(),
  part: z.string(),
  /** A line ("line 12") or a JSON path ("$.properties.activities[0]"). */
  place: z.string(),
  found: z.string(),
  what: z.string(),
  belongsTo: z.enum(tiers),
  expected: z.string().nullable(),
})

export const planSchema = z.object({
  tier: z.enum(tiers),
  strategy: z.enum(['definitions', 'deployment-pipeline']),
  releaseDigest: digest,
  ruleSetDigest: digest,
  targetWorkspaceId: z.string(),
  targetWorkspaceName: z.string(),
  items: z.array(plannedItemSchema),
  rules: z.array(ruleEffectSchema),
  leaks: z.array(leakSchema),
  /** Set on the library after its definition is written; `targetId` is null while the library has to be created. */
  activeValueSets: z.array(
    z.object({ library: z.string(), sourceId: z.string(), targetId: z.string().nullable(), valueSet: z.string() }),
  ),
  warnings: z.array(z.string()),
  /** The run does not start while one is left. */
  blockers: z.array(z.string()),
  counts: z.record(z.enum(actions), z.number()),
})

export type PlannedPart = z.infer<typeof plannedPartSchema>
export type PlannedItem = z.infer<typeof plannedItemSchema>
export type RuleEffect = z.infer<typeof ruleEffectSchema>
export type Leak = z.infer<typeof leakSchema>
/** What a promotion will do, item by item, before it does it. Plain JSON: `planSchema` reads it back from a jsonb column. */
export type Plan = z.infer<typeof planSchema>
export type Strategy = Plan['strategy']

/** What people approve: any change of release, rules, target or effect gives another digest. */
export const planDigest = (plan: Plan): Digest => digestOfJson(plan)

/** How an item is named in plans, leaks and messages: `Notebook nb_load_claims`. */
export const itemLabel = (item: { readonly type: string; readonly name: string }): string => `${item.type} ${item.name}`

import { type Digest, digestOfJson } from '@/lib/kernel/digest'
import type { CriterionId } from './criteria'

/** What a person looks at when signing off or approving. A sign-off holds the parts that its criterion covers (DESIGN 3.3). */
export type Content = {
  /** Digest of the release. */
  readonly release: Digest
  /** Rule set digest of the target's tier. */
  readonly rules: Digest
  /** Workspace id of the target. */
  readonly target: string
  /** The confirmed window, `start/end` as instants; null while there is none. */
  readonly window: string | null
}

const partsCovered: Partial<Record<CriterionId, readonly (keyof Content)[]>> = {
  'qa-sign-off': ['release', 'rules'],
  'uat-sign-off': ['release', 'rules'],
  'change-request': ['release', 'rules', 'target', 'window'],
}

const partNames: Readonly<Record<keyof Content, string>> = {
  release: 'the release',
  rules: 'the rules or values of the target',
  target: 'the target workspace',
  window: 'the deployment window',
}

/** The parts of the content that a sign-off for this criterion holds. */
export function covered(criterion: CriterionId, content: Content): Partial<Content> {
  const parts = partsCovered[criterion] ?? ['release', 'rules', 'target']
  return Object.fromEntries(parts.map(part => [part, content[part]]))
}

export const coveredDigest = (parts: Partial<Content>): Digest => digestOfJson(parts)

/** "the deployment window": what differs now from what a sign-off held; null when nothing does. */
export function changedSince(held: Partial<Content>, now: Content): string | null {
  const keys = Object.keys(held) as (keyof Content)[]
  const changed = keys.filter(key => held[key] !== now[key])
  return changed.length === 0 ? null : changed.map(key => partNames[key]).join(' and ')
}

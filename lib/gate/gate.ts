import type { Role } from '@/lib/access/roles'
import { type Hop, hopEnds } from '@/lib/environment/hop'
import { tierFacts } from '@/lib/environment/tier'
import type { NonEmpty } from '@/lib/kernel/non-empty'
import { nonEmpty } from '@/lib/kernel/non-empty'
import { conditions } from './conditions'
import { type CriterionId, criteriaOf } from './criteria'
import type { GateFacts } from './facts'
import { judge } from './judge'

export type ConditionId = 'source-tier' | 'plan' | 'window' | 'environment' | 'ticket'

/** Why something is not met. */
export type Because =
  | 'missing'
  | 'failing'
  | 'awaiting'
  | 'refused'
  | 'void'
  | 'unreachable'
  | 'elsewhere-first'
  | 'too-early'
  | 'too-late'
  | 'busy'

export type Verdict = {
  readonly id: CriterionId | ConditionId
  readonly label: string
  readonly section: string
  readonly met: boolean
  readonly because: Because | null
  /** One plain sentence: how it was met, or what is missing. */
  readonly sentence: string
  readonly by: string | null
  readonly at: Date | null
  readonly link: string | null
  /** Who can clear it. */
  readonly roles: readonly Role[]
  /** The earliest time at which it can be met, when time alone keeps it shut. */
  readonly earliest: Date | null
}

export type Unmet = Verdict & { readonly met: false; readonly because: Because }

export type Gate =
  | { readonly open: true; readonly verdicts: readonly Verdict[] }
  | { readonly open: false; readonly verdicts: readonly Verdict[]; readonly unmet: NonEmpty<Unmet> }

/** The one answer to "why can't I deploy?": screen, API, action and worker all read this list (DESIGN section 4). */
export function evaluateGate(facts: GateFacts): Gate {
  const verdicts = [...criteriaOf(facts.hop).map(criterion => judge(criterion, facts)), ...conditions(facts)]
  const unmet = nonEmpty(verdicts.filter(isUnmet))
  return unmet ? { open: false, verdicts, unmet } : { open: true, verdicts }
}

const isUnmet = (verdict: Verdict): verdict is Unmet => !verdict.met

/** "Gate UAT → Prod" */
export const gateName = (hop: Hop): string =>
  `Gate ${tierFacts[hopEnds[hop].source].label} → ${tierFacts[hopEnds[hop].target].label}`

/** When the whole gate can open at the earliest, if only time keeps it shut; null when something else does too. */
export function opensByItselfAt(gate: Gate): Date | null {
  if (gate.open || gate.unmet.some(unmet => unmet.because !== 'too-early')) return null
  const times = gate.unmet.flatMap(unmet => unmet.earliest ?? [])
  return times.length === 0 ? null : new Date(Math.max(...times.map(time => time.getTime())))
}

import { statusWord } from '@/components/status/status-table'
import type { Moment } from '@/components/ticket/moment'
import { Disclosure } from '@/components/ui/disclosure'
import { EmptyState } from '@/components/ui/empty-state'
import { Notice } from '@/components/ui/notice'
import { Region } from '@/components/ui/region'
import { Time } from '@/components/ui/time'
import { actions, type Plan } from '@/lib/promotion/plan'
import type { PlanView } from '@/lib/promotion/queries'
import { PlanItems } from './plan-items'
import { PlanRules } from './plan-rules'

type PlanPanelProps = {
  view: PlanView | null
  tier: string
  moment: Moment /** No plan will be made any more. */
  isOver: boolean
}

/** What the promotion will do, item by item, before it does it. */
export function PlanPanel({ view, tier, moment, isOver }: PlanPanelProps) {
  if (!view?.plan) {
    return (
      <Region title="Plan" id="plan">
        <NoPlan isUnreadable={view !== null} isOver={isOver} />
      </Region>
    )
  }
  const { plan, madeAt } = view
  return (
    <Region title="Plan" id="plan" aside={planCounts(plan)}>
      <Findings plan={plan} />
      <PlanItems plan={plan} tier={tier} />
      <div className="border-t px-4 py-2.5 text-sm">
        <PlanRules plan={plan} tier={tier} />
        <Warnings warnings={plan.warnings} />
        <p className="mt-1 text-xs text-ink-muted">
          Made <Time at={madeAt} {...moment} /> for {plan.targetWorkspaceName},{' '}
          {plan.strategy === 'definitions' ? 'by definitions' : 'by deployment pipeline'}. The run looks again and does
          this, or nothing.
        </p>
      </div>
    </Region>
  )
}

/** "3 changed · 1 new · 10 same · no value of another tier" */
export function planCounts(plan: Plan): string {
  const counted = actions
    .filter(action => (plan.counts[action] ?? 0) > 0)
    .map(action => `${plan.counts[action]} ${statusWord({ kind: 'item', value: action }).toLowerCase()}`)
  const { length } = plan.leaks
  const leaks =
    length === 0 ? 'no value of another tier' : `${length} ${length === 1 ? 'value' : 'values'} of another tier`
  return [...(counted.length === 0 ? ['no items'] : counted), leaks].join(' · ')
}

function NoPlan({ isUnreadable, isOver }: { isUnreadable: boolean; isOver: boolean }) {
  if (isUnreadable)
    return (
      <EmptyState kind="failed" title="This plan cannot be shown">
        Another version of the portal made it. What was done stands in the run and in the timeline.
      </EmptyState>
    )
  if (isOver) return <EmptyState kind="nothing-now" title="No plan was made" />
  return (
    <EmptyState kind="never-used" title="The plan is being made">
      The portal reads the target and works out what would change. Reload in a moment; if it takes longer than some
      minutes, Fabric does not answer, and the portal goes on trying.
    </EmptyState>
  )
}

function Findings({ plan: { blockers, leaks } }: { plan: Plan }) {
  if (blockers.length === 0 && leaks.length === 0) return null
  return (
    <div className="px-4 pt-3">
      {blockers.length > 0 && (
        <Notice
          tone="danger"
          title={blockers.length === 1 ? 'One thing blocks it.' : `${blockers.length} things block it.`}
        >
          <ul className="list-disc pl-4">
            {blockers.map(line => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </Notice>
      )}
      {leaks.length > 0 && (
        <Notice tone="danger" title="Values of another tier would stay in the target.">
          <ul className="list-disc pl-4">
            {leaks.map(leak => (
              <li key={`${leak.item} ${leak.part} ${leak.place}`} className="wrap-anywhere">
                {leak.item}: {leak.what} of {leak.belongsTo} in {leak.part}, {leak.place}
                {leak.expected !== null && `; expected ${leak.expected}`}
              </li>
            ))}
          </ul>
        </Notice>
      )}
    </div>
  )
}

function Warnings({ warnings }: { warnings: readonly string[] }) {
  if (warnings.length === 0) return null
  return (
    <Disclosure
      summary={warnings.length === 1 ? '1 warning' : `${warnings.length} warnings`}
      open={warnings.length <= 3}
    >
      <ul className="max-w-[80ch] list-disc pl-4">
        {warnings.map(line => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </Disclosure>
  )
}

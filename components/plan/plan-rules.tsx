import { Disclosure } from '@/components/ui/disclosure'
import { Mono } from '@/components/ui/mono'
import type { Plan, RuleEffect } from '@/lib/promotion/plan'

/** Each rule with what it hits, old value and new. */
export function PlanRules({ plan: { rules }, tier }: { plan: Plan; tier: string }) {
  if (rules.length === 0) return <p className="text-ink-muted">No rule rewrites anything for {tier}.</p>
  const applied = rules.filter(rule => rule.status === 'applied').length
  return (
    <Disclosure summary={`${applied} of ${rules.length} rules apply in ${tier}`}>
      <ul className="space-y-1.5">
        {rules.map(rule => (
          <li key={rule.rule}>
            <span className="font-medium text-ink">{rule.rule}</span> <Values rule={rule} />
            <div className={rule.status === 'applied' ? 'text-xs text-ink-muted' : 'text-xs text-attention'}>
              {rule.status === 'applied' && rule.files.length > 0 ? <Places rule={rule} /> : rule.message}
            </div>
          </li>
        ))}
      </ul>
    </Disclosure>
  )
}

function Values({ rule: { oldValue, newValue } }: { rule: RuleEffect }) {
  if (oldValue === null && newValue === null) return null
  return (
    <Mono faint>
      {oldValue !== null && `${oldValue} → `}
      {newValue ?? 'no value'}
    </Mono>
  )
}

function Places({ rule: { files } }: { rule: RuleEffect }) {
  const items = [...new Set(files.map(file => file.item))]
  const count = files.reduce((sum, file) => sum + file.count, 0)
  return (
    <>
      {count} {count === 1 ? 'place' : 'places'} in {items.join(', ')}
    </>
  )
}

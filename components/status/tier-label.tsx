import { Icon } from '@/components/ui/icon'

/** A tier is not a status: a word in an outline. Only Prod carries a lock. */
export function TierLabel({ tier }: { tier: string }) {
  return (
    <span className="inline-flex items-center gap-1 rounded-sm border border-line-strong px-1.5 align-middle text-xs leading-[1.125rem] font-medium text-ink">
      {tier === 'Prod' && <Icon name="lock" className="size-[11px]" />}
      {tier}
    </span>
  )
}

/** UAT → Prod. */
export function HopLabel({ from, to }: { from: string; to: string }) {
  return (
    <span className="inline-flex items-center gap-1.5 whitespace-nowrap">
      <TierLabel tier={from} />
      <Icon name="arrow" className="size-3.5 text-ink-faint" />
      <span className="sr-only"> to </span>
      <TierLabel tier={to} />
    </span>
  )
}

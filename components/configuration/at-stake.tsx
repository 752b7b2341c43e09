import Link from 'next/link'
import { Notice } from '@/components/ui/notice'
import { tierFacts } from '@/lib/environment/tier'
import type { AtStake as Decision } from '@/lib/insight/configuration/queries'

/** The decisions that a change would end, before it is made. */
export function AtStake({ decisions }: { decisions: readonly Decision[] }) {
  if (decisions.length === 0) return null
  const count = decisions.length === 1 ? 'One decision stands' : `${decisions.length} decisions stand`
  return (
    <Notice title={`${count} on what is here now.`}>
      A changed value of a tier ends the decisions of that tier; a changed Dev value, name, kind or rule ends all of
      them.
      <ul className="mt-1">
        {decisions.map(({ tier, ticket, href, criterion, by }) => (
          <li key={`${ticket} ${criterion} ${by}`}>
            {tierFacts[tier].label}: {criterion}, by {by},{' '}
            <Link href={href} className="link mono">
              {ticket}
            </Link>
          </li>
        ))}
      </ul>
    </Notice>
  )
}

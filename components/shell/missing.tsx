import { ButtonLink } from '@/components/ui/button-link'
import { EmptyState } from '@/components/ui/empty-state'

/** What a page that does not exist, or must not be known to exist, says. */
export function Missing() {
  return (
    <EmptyState
      kind="filtered-out"
      level={1}
      title="There is nothing at this address"
      action={<ButtonLink href="/">Go to what needs you</ButtonLink>}
    >
      It may never have existed, or it belongs to a project you hold no role in. An administrator of that project can
      give you one.
    </EmptyState>
  )
}

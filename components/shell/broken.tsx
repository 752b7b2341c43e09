import { Button } from '@/components/ui/button'
import { ButtonLink } from '@/components/ui/button-link'
import { EmptyState } from '@/components/ui/empty-state'
import { Mono } from '@/components/ui/mono'

export type BrokenProps = { error: Error & { digest?: string }; retry: () => void }

/** What an `error.tsx` shows: what broke, what to do, and the id under which it was logged. */
export function Broken({ error, retry }: BrokenProps) {
  return (
    <EmptyState
      kind="failed"
      level={1}
      title="This page could not be shown"
      action={
        <div className="flex flex-wrap gap-2">
          <Button variant="primary" onClick={retry}>
            Try again
          </Button>
          <ButtonLink href="/">Go to what needs you</ButtonLink>
        </div>
      }
    >
      Something broke on our side; nothing was left half saved. If it happens again, give an administrator
      {error.digest ? (
        <>
          {' '}
          this reference: <Mono>{error.digest}</Mono>
        </>
      ) : (
        ' the time and the address of this page.'
      )}
    </EmptyState>
  )
}

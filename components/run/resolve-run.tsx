import { ActionForm } from '@/components/form/action-form'
import { SubmitButton } from '@/components/form/submit-button'
import { Textarea } from '@/components/form/textarea'
import { Dialog, DialogCancel } from '@/components/ui/dialog'
import type { RunView } from '@/lib/promotion/queries'
import type { RunActions } from './run-forms'

type ResolveRunProps = { run: RunView; targetName: string; actions: RunActions }

/** The two ways out of an unknown end, or who has them. */
export function ResolveRun({ run, targetName, actions }: ResolveRunProps) {
  const { id, mayResolve } = run
  if (!mayResolve) return null
  if (!mayResolve.allowed) return <p className="mb-3 text-sm text-ink-muted">{mayResolve.because}.</p>
  return (
    <div className="mb-3 flex flex-wrap items-start gap-2">
      <ActionForm action={actions.lookAgain} label="Look again" hidden={{ promotionId: id }}>
        <SubmitButton pending="Asking">Look again</SubmitButton>
      </ActionForm>
      <Dialog trigger="Give up…" title="Give up this run?">
        <p className="mb-3 text-ink-muted">
          The run ends as partial, or as errored when no item is known to be written. {targetName} is free for the next
          run, which starts from what is there then. Look into it in Fabric first: what still runs there goes on.
        </p>
        <ActionForm action={actions.giveUp} label="Give up" hidden={{ promotionId: id }}>
          <Textarea
            name="reason"
            label="Reason"
            hint="What you saw in Fabric; everybody who reads this ticket will see it."
            rows={3}
            maxLength={2000}
          />
          <div className="flex flex-wrap justify-end gap-2">
            <DialogCancel>Keep waiting</DialogCancel>
            <SubmitButton pending="Giving up" variant="danger">
              Give up
            </SubmitButton>
          </div>
        </ActionForm>
      </Dialog>
    </div>
  )
}

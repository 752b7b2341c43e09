import { ActionForm } from '@/components/form/action-form'
import { SubmitButton } from '@/components/form/submit-button'
import { TextInput } from '@/components/form/text-input'
import { Dialog, DialogCancel } from '@/components/ui/dialog'
import { Fact, Facts } from '@/components/ui/facts'
import { Mono } from '@/components/ui/mono'
import type { TicketView } from '@/lib/ticket/queries'
import type { Reviewed } from './ticket-act'
import type { TicketActions } from './ticket-forms'

type PromotePanelProps = { ticket: TicketView; verb: string; reviewed: Reviewed; action: TicketActions['promote'] }

/** Restates what goes where before it goes; into Prod the name of the workspace is typed as well. */
export function PromotePanel({ ticket, verb, reviewed, action }: PromotePanelProps) {
  const { release, from, to, id, project } = ticket
  const isProd = to.tier === 'prod'
  const button = `${verb} to ${to.label}`
  const hidden = {
    ticketId: id,
    ...(reviewed.plan && { plan: reviewed.plan }),
    ...(isProd && { target: to.workspaceName }),
  }
  return (
    <Dialog trigger={`${button}…`} title={`${button}?`} variant="primary">
      <Facts>
        <Fact label="Release">
          <Mono>{release.number}</Mono> {release.title}
        </Fact>
        <Fact label="From">
          {from.label}
          {from.workspaceName && `, ${from.workspaceName}`}
        </Fact>
        <Fact label="To">
          {to.label}, {to.workspaceName}
        </Fact>
        <Fact label="What changes">{reviewed.counts ?? 'The plan is still being made.'}</Fact>
        <Fact label="How">
          {project.strategy === 'definitions' ? 'By definitions of the release itself' : 'By the deployment pipeline'}
        </Fact>
        <Fact label="Before that">The definitions in {to.label} are stored as a backup</Fact>
        <Fact label="Who is told">{reviewed.told}</Fact>
      </Facts>
      <div className="mt-4">
        <ActionForm action={action} label={button} hidden={hidden}>
          {isProd && (
            <TextInput name="workspace" label="Workspace name" hint={`Type ${to.workspaceName} to go on.`} mono />
          )}
          <div className="flex flex-wrap justify-end gap-2">
            <DialogCancel />
            <SubmitButton pending="Starting" variant={isProd ? 'danger' : 'primary'}>
              {button}
            </SubmitButton>
          </div>
        </ActionForm>
      </div>
    </Dialog>
  )
}

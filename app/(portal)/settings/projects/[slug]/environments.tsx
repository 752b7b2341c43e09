import { ActionForm } from '@/components/form/action-form'
import { SubmitButton } from '@/components/form/submit-button'
import { TierLabel } from '@/components/status/tier-label'
import { Cell, DataTable, RowHead, TableRow } from '@/components/ui/data-table'
import { Dialog, DialogCancel } from '@/components/ui/dialog'
import { Region } from '@/components/ui/region'
import { workspaceNameOf } from '@/lib/environment/naming'
import type { EnvironmentView, LinkView } from '@/lib/environment/queries'
import { type Tier, tierFacts, tiers } from '@/lib/environment/tier'
import { unlinkEnvironmentAction } from '../actions'

const columns = [
  { label: 'Environment' },
  { label: 'Workspace' },
  { label: 'Purpose' },
  { label: 'Data' },
  { label: 'Access' },
  { label: 'Actions', hidden: true },
]

/** The four environments of the path, linked or not yet, with what the policy says of their tier. */
export function Environments({ view }: { view: LinkView }) {
  return (
    <Region title="Environments" aside="Dev to Prod">
      <DataTable label="Environments" columns={columns}>
        {tiers.map(tier => (
          <EnvironmentRow
            key={tier}
            tier={tier}
            environment={view.environments.find(own => own.tier === tier)}
            wanted={workspaceNameOf(view.name, tier)}
            mayChange={view.refusal === null}
          />
        ))}
      </DataTable>
    </Region>
  )
}

type RowProps = { tier: Tier; environment: EnvironmentView | undefined; wanted: string; mayChange: boolean }

function EnvironmentRow({ tier, environment, wanted, mayChange }: RowProps) {
  const facts = tierFacts[tier]
  return (
    <TableRow>
      <RowHead>
        <TierLabel tier={facts.label} />
      </RowHead>
      <Cell muted={!environment}>{environment ? environment.workspaceName : `Not linked yet: ${wanted}`}</Cell>
      <Cell>{environment?.purpose ?? facts.purpose}</Cell>
      <Cell>{environment?.dataClass ?? facts.data}</Cell>
      <Cell>{environment?.access ?? facts.access}</Cell>
      <Cell>{environment && mayChange && <Unlink environment={environment} />}</Cell>
    </TableRow>
  )
}

function Unlink({ environment: { id, workspaceName } }: { environment: EnvironmentView }) {
  return (
    <Dialog trigger="Unlink…" title={`Unlink ${workspaceName}?`} variant="quiet" size="sm">
      <p className="mb-3">
        The portal no longer promotes to it. The workspace itself stays in Fabric as it is. This works only as long as
        no ticket has named it.
      </p>
      <ActionForm action={unlinkEnvironmentAction} hidden={{ environmentId: id }} label={`Unlink ${workspaceName}`}>
        <div className="flex gap-2">
          <SubmitButton pending="Unlinking workspace" variant="danger">
            Unlink workspace
          </SubmitButton>
          <DialogCancel />
        </div>
      </ActionForm>
    </Dialog>
  )
}

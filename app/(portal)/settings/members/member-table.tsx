import { ActionForm } from '@/components/form/action-form'
import { SubmitButton } from '@/components/form/submit-button'
import { Cell, DataTable, RowHead, TableRow } from '@/components/ui/data-table'
import { Dialog, DialogCancel } from '@/components/ui/dialog'
import { EmptyState } from '@/components/ui/empty-state'
import { Region } from '@/components/ui/region'
import { Time } from '@/components/ui/time'
import type { MemberView } from '@/lib/access/queries'
import { roleLabels } from '@/lib/access/roles'
import { revokeRoleAction } from './actions'

const columns = [
  { label: 'Who' },
  { label: 'Role' },
  { label: 'Project' },
  { label: 'Kind' },
  { label: 'Given' },
  { label: 'Actions', hidden: true },
]

type Props = { members: readonly MemberView[]; mayRevoke: (projectSlug: string | null) => boolean; now: Date }

export function MemberTable({ members, mayRevoke, now }: Props) {
  return (
    <Region title="Members" aside={`${members.length} roles given`}>
      {members.length === 0 && (
        <EmptyState kind="never-used" title="No role has been given yet">
          Roles say who tests, signs off, approves and promotes in a project.
        </EmptyState>
      )}
      {members.length > 0 && (
        <DataTable label="Members" columns={columns}>
          {members.map(member => (
            <TableRow key={member.id}>
              <RowHead note={member.detail}>{member.label}</RowHead>
              <Cell>{roleLabels[member.role]}</Cell>
              <Cell muted={!member.project}>{member.project?.name ?? 'Every project'}</Cell>
              <Cell>{member.holder === 'group' ? 'Entra group' : 'Person'}</Cell>
              <Cell muted>
                <Time at={member.grantedAt} now={now} zone="UTC" as="day" />
              </Cell>
              <Cell>{mayRevoke(member.project?.slug ?? null) && <Revoke member={member} />}</Cell>
            </TableRow>
          ))}
        </DataTable>
      )}
    </Region>
  )
}

function Revoke({ member: { id, label, role, project } }: { member: MemberView }) {
  const what = `the role ${roleLabels[role]} from ${label}`
  return (
    <Dialog trigger="Take away…" title={`Take ${what}?`} variant="quiet" size="sm">
      <p className="mb-3">
        It ends at once in {project?.name ?? 'every project'}. What was signed off and approved by it before is judged
        anew by each open gate.
      </p>
      <ActionForm action={revokeRoleAction} hidden={{ grantId: id }} label={`Take ${what}`}>
        <div className="flex gap-2">
          <SubmitButton pending="Taking role away" variant="danger">
            Take role away
          </SubmitButton>
          <DialogCancel />
        </div>
      </ActionForm>
    </Dialog>
  )
}

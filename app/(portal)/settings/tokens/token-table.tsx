import { ActionForm } from '@/components/form/action-form'
import { SubmitButton } from '@/components/form/submit-button'
import { Cell, DataTable, RowHead, TableRow } from '@/components/ui/data-table'
import { Dialog, DialogCancel } from '@/components/ui/dialog'
import { EmptyState } from '@/components/ui/empty-state'
import { Region } from '@/components/ui/region'
import { Time } from '@/components/ui/time'
import type { TokenView } from '@/lib/access/queries'
import { revokeTokenAction } from './actions'
import { scopeLabels } from './scope-labels'

const columns = [
  { label: 'Token' },
  { label: 'Project' },
  { label: 'May' },
  { label: 'Last used' },
  { label: 'Ends' },
  { label: 'Actions', hidden: true },
]

export function TokenTable({ tokens, now }: { tokens: readonly TokenView[]; now: Date }) {
  return (
    <Region title="Tokens" aside={`${tokens.length} in all`}>
      {tokens.length === 0 && (
        <EmptyState kind="never-used" title="No token yet">
          A build pipeline hands in evidence with a token of its project.
        </EmptyState>
      )}
      {tokens.length > 0 && (
        <DataTable label="Tokens" columns={columns}>
          {tokens.map(token => (
            <TokenRow key={token.id} token={token} now={now} />
          ))}
        </DataTable>
      )}
    </Region>
  )
}

function TokenRow({ token, now }: { token: TokenView; now: Date }) {
  const { name, createdBy, projectName, scopes, lastUsedAt, expiresAt, revokedAt } = token
  const isOver = revokedAt !== null || expiresAt <= now
  return (
    <TableRow>
      <RowHead note={`Made by ${createdBy}`}>{name}</RowHead>
      <Cell>{projectName}</Cell>
      <Cell>{scopes.map(scope => scopeLabels[scope]).join(', ')}</Cell>
      <Cell muted>{lastUsedAt && <Time at={lastUsedAt} now={now} zone="UTC" />}</Cell>
      <Cell muted={isOver}>{revokedAt ? 'Revoked' : <Time at={expiresAt} now={now} zone="UTC" as="day" />}</Cell>
      <Cell>{!isOver && <Revoke token={token} />}</Cell>
    </TableRow>
  )
}

function Revoke({ token: { id, name } }: { token: TokenView }) {
  return (
    <Dialog trigger="Revoke…" title={`Revoke the token “${name}”?`} variant="quiet" size="sm">
      <p className="mb-3">It ends at once, for good. What it has handed in stays.</p>
      <ActionForm action={revokeTokenAction} hidden={{ tokenId: id }} label={`Revoke the token ${name}`}>
        <div className="flex gap-2">
          <SubmitButton pending="Revoking token" variant="danger">
            Revoke token
          </SubmitButton>
          <DialogCancel />
        </div>
      </ActionForm>
    </Dialog>
  )
}

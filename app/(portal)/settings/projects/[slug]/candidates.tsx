import { ActionForm } from '@/components/form/action-form'
import { SubmitButton } from '@/components/form/submit-button'
import { EmptyState } from '@/components/ui/empty-state'
import { Region } from '@/components/ui/region'
import { Row, Rows } from '@/components/ui/rows'
import type { Candidate } from '@/lib/environment/queries'
import { tierFacts } from '@/lib/environment/tier'
import type { Result } from '@/lib/kernel/result'
import { linkEnvironmentAction } from '../actions'

type Props = { projectId: string; candidates: Result<readonly Candidate[]> }

/** Every workspace in Fabric, with a button where it fits and the reason where it does not. */
export function Candidates({ projectId, candidates }: Props) {
  if (!candidates.ok) {
    return (
      <Region title="Workspaces in Fabric">
        <EmptyState kind="failed" title="The workspaces could not be read">
          {candidates.refusal.message}
        </EmptyState>
      </Region>
    )
  }
  const fitting = candidates.value.filter(({ verdict }) => verdict.ok).length
  return (
    <Region title="Workspaces in Fabric" aside={`${fitting} of ${candidates.value.length} fit here`}>
      {candidates.value.length === 0 && (
        <EmptyState kind="never-used" title="Fabric shows the portal no workspace">
          Give the portal’s service identity the role Contributor or higher in the workspaces of this project.
        </EmptyState>
      )}
      <Rows label="Workspaces in Fabric">
        {candidates.value.map(candidate => (
          <CandidateRow key={candidate.workspace.id} projectId={projectId} {...candidate} />
        ))}
      </Rows>
    </Region>
  )
}

function CandidateRow({ projectId, workspace, verdict }: Candidate & { projectId: string }) {
  if (!verdict.ok) return <Row state="waiting" title={workspace.name} note={verdict.refusal.message} />
  const { tier, projectName } = verdict.value
  const { label } = tierFacts[tier]
  return (
    <Row title={workspace.name} note={`Fits: ${label} of ${projectName}`}>
      <ActionForm
        action={linkEnvironmentAction}
        hidden={{ projectId, workspaceId: workspace.id }}
        label={`Link ${workspace.name}`}
      >
        <SubmitButton pending="Linking workspace" variant="plain" size="sm">
          Link as {label}
        </SubmitButton>
      </ActionForm>
    </Row>
  )
}

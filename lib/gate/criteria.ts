import type { Role } from '@/lib/access/roles'
import type { Hop } from '@/lib/environment/hop'

/**
 * How a criterion is met: by evidence (a machine says so), a sign-off (one person of the right role), an approval (a quorum),
 * or a record (a document or a booking exists).
 */
export type CriterionKind = 'evidence' | 'sign-off' | 'approval' | 'record'

export type Criterion = {
  readonly id: string
  /** The section of the policy, e.g. `3.3.2`. */
  readonly section: string
  readonly hop: Hop
  readonly kind: CriterionKind
  readonly label: string
  /** Who can clear it: the roles of people, or for evidence whom to ask when it is missing or failing. */
  readonly roles: readonly Role[]
  /** What clears it, in one sentence for the gate panel. */
  readonly clearedBy: string
  /** Of evidence: who reports it. */
  readonly source?: 'pipeline' | 'provider' | 'portal'
  /** Of an approval: how many distinct people have to say yes. */
  readonly quorum?: number
}

/** Section 3 of the policy, as data. */
export const criteria = [
  {
    id: 'code-review',
    section: '3.1.1',
    hop: 'dev-test',
    kind: 'evidence',
    label: 'Code review completed (PR approved)',
    roles: ['developer'],
    clearedBy: 'An approved pull request that contains the commit, reported by the git provider.',
    source: 'provider',
  },
  {
    id: 'unit-tests',
    section: '3.1.2',
    hop: 'dev-test',
    kind: 'evidence',
    label: 'Unit tests passing',
    roles: ['developer'],
    clearedBy: 'A passing result for this commit from the build pipeline.',
    source: 'pipeline',
  },
  {
    id: 'lint',
    section: '3.1.3',
    hop: 'dev-test',
    kind: 'evidence',
    label: 'No lint errors',
    roles: ['developer'],
    clearedBy: 'A passing result for this commit from the build pipeline.',
    source: 'pipeline',
  },
  {
    id: 'documentation',
    section: '3.1.4',
    hop: 'dev-test',
    kind: 'evidence',
    label: 'Documentation updated',
    roles: ['developer'],
    clearedBy: 'A passing documentation check for this commit from the build pipeline.',
    source: 'pipeline',
  },
  {
    id: 'commit-convention',
    section: '3.1.5',
    hop: 'dev-test',
    kind: 'evidence',
    label: 'Commit message follows convention',
    roles: ['developer'],
    clearedBy: 'The portal checks each commit of the release against Conventional Commits.',
    source: 'portal',
  },
  {
    id: 'integration-tests',
    section: '3.2.1',
    hop: 'test-uat',
    kind: 'evidence',
    label: 'All integration tests passing',
    roles: ['developer', 'qa'],
    clearedBy: 'A passing integration test run for this commit.',
    source: 'pipeline',
  },
  {
    id: 'data-quality',
    section: '3.2.2',
    hop: 'test-uat',
    kind: 'evidence',
    label: 'Data quality checks passing',
    roles: ['developer', 'qa'],
    clearedBy: 'A passing data quality run for this commit.',
    source: 'pipeline',
  },
  {
    id: 'performance-baseline',
    section: '3.2.3',
    hop: 'test-uat',
    kind: 'evidence',
    label: 'Performance baseline met',
    roles: ['developer', 'qa'],
    clearedBy: 'A performance run for this commit that meets the baseline.',
    source: 'pipeline',
  },
  {
    id: 'security-scan',
    section: '3.2.4',
    hop: 'test-uat',
    kind: 'evidence',
    label: 'Security scan completed',
    roles: ['developer'],
    clearedBy: 'A completed security scan for this commit.',
    source: 'pipeline',
  },
  {
    id: 'qa-sign-off',
    section: '3.2.5',
    hop: 'test-uat',
    kind: 'sign-off',
    label: 'QA sign-off obtained',
    roles: ['qa'],
    clearedBy: 'QA signs off this release after trying it in Test.',
  },
  {
    id: 'release-notes',
    section: '3.2.6',
    hop: 'test-uat',
    kind: 'record',
    label: 'Release notes prepared',
    roles: ['developer', 'release-manager'],
    clearedBy: 'Somebody confirms the release notes, or rewrites them.',
  },
  {
    id: 'uat-sign-off',
    section: '3.3.1',
    hop: 'uat-prod',
    kind: 'sign-off',
    label: 'UAT sign-off from business',
    roles: ['business-user'],
    clearedBy: 'A business user signs off this release after trying it in UAT.',
  },
  {
    id: 'change-request',
    section: '3.3.2',
    hop: 'uat-prod',
    kind: 'approval',
    label: 'Change request approved (CAB)',
    roles: ['cab-member', 'cab-chair'],
    clearedBy: 'Two members of the CAB approve the change request.',
    quorum: 2,
  },
  {
    id: 'rollback-plan',
    section: '3.3.3',
    hop: 'uat-prod',
    kind: 'record',
    label: 'Rollback plan documented',
    roles: ['release-manager', 'developer'],
    clearedBy: 'The rollback plan is written down: method, steps, who decides.',
  },
  {
    id: 'deployment-window',
    section: '3.3.4',
    hop: 'uat-prod',
    kind: 'record',
    label: 'Deployment window confirmed',
    roles: ['release-manager'],
    clearedBy: 'A window is confirmed; the promotion may start only inside it.',
  },
  {
    id: 'on-call',
    section: '3.3.5',
    hop: 'uat-prod',
    kind: 'record',
    label: 'On-call support scheduled',
    roles: ['release-manager', 'on-call'],
    clearedBy: 'Somebody is named who is on call during the window.',
  },
  {
    id: 'communication',
    section: '3.3.6',
    hop: 'uat-prod',
    kind: 'record',
    label: 'Communication sent to stakeholders',
    roles: ['release-manager'],
    clearedBy: 'The announcement is sent to the stakeholders of the project.',
  },
] as const satisfies readonly Criterion[]

export type CriterionId = (typeof criteria)[number]['id']

const byId = new Map<string, Criterion>(criteria.map(criterion => [criterion.id, criterion]))

export const criteriaOf = (hop: Hop): readonly (Criterion & { id: CriterionId })[] =>
  criteria.filter(criterion => criterion.hop === hop)

export const criterionById = (id: string): (Criterion & { id: CriterionId }) | null =>
  (byId.get(id) as (Criterion & { id: CriterionId }) | undefined) ?? null

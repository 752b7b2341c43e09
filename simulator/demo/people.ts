import type { Person, Tenant } from '../tenant'
import { demo } from './ids'

const { groups: group, people: person } = demo

export const groups: Tenant['groups'] = [
  { id: group.developers, displayName: 'Claims developers' },
  { id: group.qa, displayName: 'Claims QA' },
  { id: group.businessUsers, displayName: 'Claims business users' },
  { id: group.releaseManagers, displayName: 'Release managers' },
  { id: group.cab, displayName: 'CAB' },
  { id: group.cabChairs, displayName: 'CAB chairs' },
  { id: group.incidentManagers, displayName: 'Incident managers' },
  { id: group.stakeholders, displayName: 'Stakeholders' },
  { id: group.auditors, displayName: 'Auditors' },
  { id: group.administrators, displayName: 'Administrators' },
  { id: group.onCall, displayName: 'On-call data platform' },
]

const personOf = (
  name: keyof typeof demo.people,
  displayName: string,
  comesFor: string,
  groupIds: readonly string[],
): Person => ({
  objectId: person[name],
  displayName,
  mail: `${displayName.toLowerCase().replaceAll(',', '').replaceAll(' ', '.')}@claims.example`,
  comesFor,
  groupIds,
  groupOverage: false,
})

export const people: readonly Person[] = [
  personOf(
    'dataEngineer',
    'Data engineer',
    'Commits notebooks and pipelines, and sees them reach Test by themselves.',
    [group.developers],
  ),
  personOf('analyticsEngineer', 'Analytics engineer', 'Changes models and reports, and fixes what keeps a gate shut.', [
    group.developers,
  ]),
  personOf('qaAnalyst', 'QA analyst', 'Tests in Test, gives the QA sign-off and promotes to UAT.', [group.qa]),
  personOf(
    'businessLead',
    'Claims business lead',
    'Tries a release in UAT and signs it off, or says why it will not do.',
    [group.businessUsers],
  ),
  personOf('claimsHandler', 'Claims handler', 'Looks at the reports in UAT with the eyes of daily work.', [
    group.businessUsers,
  ]),
  personOf('releaseManager', 'Release manager', 'Books windows, convenes the CAB and promotes to Prod.', [
    group.releaseManagers,
  ]),
  personOf('cabChair', 'CAB chair', 'Leads the change meeting and votes on change requests.', [
    group.cab,
    group.cabChairs,
  ]),
  personOf('cabFinance', 'CAB member, finance', 'Votes on change requests for finance.', [group.cab]),
  {
    ...personOf('cabOperations', 'CAB member, operations', 'Votes on change requests, and stands in for incidents.', [
      group.cab,
      group.incidentManagers,
    ]),
    groupOverage: true,
  },
  personOf('incidentManager', 'Incident manager', 'Runs incidents and starts a rollback when Prod is in trouble.', [
    group.incidentManagers,
  ]),
  personOf('headOfClaims', 'Head of claims', 'Wants to know what changes in the reports, and when.', [
    group.stakeholders,
  ]),
  personOf('internalAuditor', 'Internal auditor', 'Reads and exports the evidence; changes nothing.', [group.auditors]),
  personOf('portalAdministrator', 'Portal administrator', 'Links workspaces, gives roles and sets policies.', [
    group.administrators,
  ]),
  personOf('onCallEngineer', 'On-call engineer', 'Confirms the duty for a window and is there while it runs.', [
    group.onCall,
  ]),
]

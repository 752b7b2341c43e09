/** The portal's roles (DESIGN section 1), held per project, given to a person or to an Entra group. */
export const roles = [
  'developer',
  'qa',
  'business-user',
  'release-manager',
  'cab-member',
  'cab-chair',
  'incident-manager',
  'stakeholder',
  'on-call',
  'auditor',
  'administrator',
] as const
export type Role = (typeof roles)[number]

export const roleLabels: Readonly<Record<Role, string>> = {
  developer: 'Developer',
  qa: 'QA',
  'business-user': 'Business user',
  'release-manager': 'Release manager',
  'cab-member': 'CAB member',
  'cab-chair': 'CAB chair',
  'incident-manager': 'Incident manager',
  stakeholder: 'Stakeholder',
  'on-call': 'On-call',
  auditor: 'Auditor',
  administrator: 'Administrator',
}

export const isRole = (value: string): value is Role => (roles as readonly string[]).includes(value)

/** "QA or Release manager": who to ask. */
export const namesOf = (list: readonly Role[]): string => list.map(role => roleLabels[role]).join(' or ')

/** What a role may do that no criterion of a gate decides; criteria name their own roles (`lib/gate/criteria.ts`). */
export const abilities = {
  'read-project': roles,
  'read-audit': ['auditor', 'administrator', 'release-manager'],
  'link-environments': ['administrator'],
  'change-members': ['administrator'],
  'change-tokens': ['administrator'],
  'change-configuration': ['administrator', 'release-manager'],
  'promote-dev-test': ['developer', 'release-manager'],
  'promote-test-uat': ['qa'],
  'promote-uat-prod': ['release-manager'],
  'complete-tasks': ['developer', 'qa', 'release-manager'],
  'look-again': ['release-manager', 'incident-manager', 'administrator'],
} as const satisfies Record<string, readonly Role[]>
export type Ability = keyof typeof abilities

/** A person with a role in a project now. */
export type Holder = {
  readonly userId: string
  readonly email: string
  readonly name: string
  readonly roles: readonly Role[]
}

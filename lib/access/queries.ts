import type { Context } from '@/lib/db/context'
import { authorise, inReadable, projectsOf, readableProjects, rightsOf } from './authorise'
import { isRole, type Role, roleLabels } from './roles'
import type { PersonContext } from './session'
import { type TokenScope, tokenScopes } from './tokens'

export type ShellView = {
  readonly name: string
  /** "Release manager", each once, whatever the project. */
  readonly roles: readonly string[]
  readonly rightsUnknown: boolean
  readonly projects: readonly { readonly name: string; readonly slug: string }[]
}

/** Who is here and what they may see, for the frame of every page. */
export async function getShell({ actor, db }: PersonContext): Promise<ShellView> {
  const { grants, groupsUnknown } = await rightsOf(db, actor.id)
  const projects = await db.project.findMany({
    where: { id: inReadable(projectsOf(grants)) },
    orderBy: { name: 'asc' },
    select: { name: true, slug: true },
    take: 50,
  })
  const held = new Set(grants.map(grant => grant.role))
  return { name: actor.name, roles: [...held].map(role => roleLabels[role]), rightsUnknown: groupsUnknown, projects }
}

/** The people who administer the whole portal, as far as they have signed in: whom to ask for a role. */
export async function listAdministrators({ db }: Context): Promise<readonly { name: string; email: string }[]> {
  const grants = await db.roleGrant.findMany({ where: { role: 'administrator', projectId: null } })
  const userIds = grants.flatMap(grant => grant.userId ?? [])
  const groupIds = grants.flatMap(grant => grant.groupId ?? [])
  return db.user.findMany({
    where: { disabledAt: null, OR: [{ id: { in: userIds } }, { groupIds: { hasSome: groupIds } }] },
    select: { name: true, email: true },
    orderBy: { name: 'asc' },
    take: 5,
  })
}

export type MemberView = {
  readonly id: string
  readonly role: Role
  readonly holder: 'group' | 'person'
  readonly label: string
  /** The address of a person, the object id of a group. */
  readonly detail: string
  readonly project: { readonly name: string; readonly slug: string } | null
  readonly grantedAt: Date
}

/** Who holds which role, in the projects that the actor may read. */
export async function listMembers({ actor, db }: Context): Promise<readonly MemberView[]> {
  const readable = await readableProjects(db, actor)
  const grants = await db.roleGrant.findMany({
    where: readable === 'all' ? {} : { OR: [{ projectId: null }, { projectId: { in: [...readable] } }] },
    include: { project: { select: { name: true, slug: true } } },
    orderBy: [{ role: 'asc' }, { label: 'asc' }, { id: 'asc' }],
    take: 500,
  })
  const userIds = grants.flatMap(grant => grant.userId ?? [])
  const people = await db.user.findMany({ where: { id: { in: userIds } }, select: { id: true, email: true } })
  const emails = new Map(people.map(person => [person.id, person.email]))
  return grants.flatMap(({ id, role, groupId, userId, label, project, grantedAt }) => {
    if (!isRole(role)) return []
    const detail = userId ? (emails.get(userId) ?? '') : (groupId ?? '')
    return [{ id, role, holder: userId ? 'person' : 'group', label, detail, project, grantedAt } as const]
  })
}

/** The projects whose members the actor may change, and whether that is every one. */
export async function listManagedProjects({ actor, db }: Context) {
  const projects = await db.project.findMany({
    orderBy: { name: 'asc' },
    select: { id: true, name: true, slug: true },
    take: 200,
  })
  const everywhere = (await authorise(db, actor, null, 'change-members', 'change members')).ok
  if (everywhere || actor.kind !== 'person') return { everywhere, projects: everywhere ? projects : [] }
  const { grants } = await rightsOf(db, actor.id)
  const own = grants.filter(grant => grant.role === 'administrator')
  return { everywhere, projects: projects.filter(project => own.some(grant => grant.projectId === project.id)) }
}

/** People who have signed in once, to choose from. */
export async function listPeople({ db }: Context): Promise<readonly { id: string; name: string; email: string }[]> {
  return db.user.findMany({
    where: { disabledAt: null },
    select: { id: true, name: true, email: true },
    orderBy: [{ name: 'asc' }, { email: 'asc' }],
    take: 500,
  })
}

export type TokenView = {
  readonly id: string
  readonly name: string
  readonly projectName: string
  readonly scopes: readonly TokenScope[]
  readonly createdBy: string
  readonly expiresAt: Date
  readonly revokedAt: Date | null
  readonly lastUsedAt: Date | null
}

/** The tokens of the projects that the actor administers, newest first, and these projects. */
export async function listTokens(ctx: Context): Promise<{
  tokens: readonly TokenView[]
  projects: readonly { id: string; name: string }[]
}> {
  const { projects } = await listManagedProjects(ctx)
  const names = new Map(projects.map(({ id, name }) => [id, name]))
  const rows = await ctx.db.apiToken.findMany({
    where: { projectId: { in: [...names.keys()] } },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: 200,
  })
  const tokens = rows.map(({ hash: _, projectId, scopes, ...row }) => ({
    ...row,
    projectName: names.get(projectId) ?? '',
    scopes: tokenScopes.filter(scope => scopes.includes(scope)),
  }))
  return { tokens, projects }
}

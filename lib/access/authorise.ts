import { cache } from 'react'
import type { Tx } from '@/lib/db/client'
import type { Actor } from '@/lib/kernel/context'
import { ok, type Result, refuse } from '@/lib/kernel/result'
import { type Ability, abilities, type Holder, isRole, namesOf, type Role } from './roles'

type Reader = Pick<Tx, 'user' | 'roleGrant'>

type Rights = {
  readonly groupsUnknown: boolean
  readonly grants: readonly { readonly role: Role; readonly projectId: string | null }[]
}

/**
 * What a person was given, by name or by group, read at the moment of use; for the rendering of one page, once.
 * Unknown groups (overage with Graph down) mean no roles by group.
 */
export const rightsOf = cache(async (tx: Reader, userId: string): Promise<Rights> => {
  const person = await tx.user.findUnique({ where: { id: userId } })
  if (!person || person.disabledAt) return { groupsUnknown: false, grants: [] }
  const groupIds = person.rightsUnknown ? [] : person.groupIds
  const rows = await tx.roleGrant.findMany({
    where: { OR: [{ userId }, { groupId: { in: groupIds } }] },
    select: { role: true, projectId: true },
  })
  const grants = rows.flatMap(({ role, projectId }) => (isRole(role) ? [{ role, projectId }] : []))
  return { groupsUnknown: person.rightsUnknown, grants }
})

/** The roles that a person holds in a project now (`null`: in every project alone). */
export const rolesOf = async (tx: Reader, userId: string, projectId: string | null): Promise<readonly Role[]> =>
  rolesIn(await rightsOf(tx, userId), projectId)

/** The roles that a person holds in whichever project, read once for many. */
export async function rolesByProject(tx: Reader, userId: string): Promise<(projectId: string) => readonly Role[]> {
  const rights = await rightsOf(tx, userId)
  return projectId => rolesIn(rights, projectId)
}

function rolesIn({ grants }: Rights, projectId: string | null): readonly Role[] {
  const held = grants.filter(grant => grant.projectId === null || grant.projectId === projectId)
  return [...new Set(held.map(grant => grant.role))]
}

/** The projects that grants are for: `all` when one of them is for every project. */
export const projectsOf = (grants: Rights['grants']): readonly string[] | 'all' =>
  grants.some(grant => grant.projectId === null) ? 'all' : [...new Set(grants.flatMap(grant => grant.projectId ?? []))]

/** Lets an actor act in a project by one of the roles named, or refuses and says whom to ask. The portal itself may always. */
export async function authoriseRoles(
  tx: Reader,
  actor: Actor,
  projectId: string | null,
  anyOf: readonly Role[],
  toDo: string,
): Promise<Result<readonly Role[]>> {
  if (actor.kind === 'portal') return ok([])
  if (actor.kind === 'nobody') return refuse('not-signed-in', `Sign in to ${toDo}.`)
  if (actor.kind === 'token') return refuse('not-allowed', `A token cannot ${toDo}: that takes a person.`)
  const held = await rolesOf(tx, actor.id, projectId)
  if (held.length === 0)
    return refuse('not-found', 'There is nothing here for you, or it does not exist.', { denied: true })
  const fitting = held.filter(role => anyOf.includes(role))
  if (fitting.length > 0) return ok(fitting)
  const facts = { needs: anyOf, holds: held }
  return refuse('not-allowed', `You cannot ${toDo}: it takes the role ${namesOf(anyOf)} in this project.`, facts)
}

export const authorise = (tx: Reader, actor: Actor, projectId: string | null, ability: Ability, toDo: string) =>
  authoriseRoles(tx, actor, projectId, abilities[ability], toDo)

/** The ids of the projects that an actor may read, or `all`. What is not readable does not exist for them. */
export async function readableProjects(tx: Reader, actor: Actor): Promise<readonly string[] | 'all'> {
  if (actor.kind === 'portal') return 'all'
  if (actor.kind === 'token') return [actor.projectId]
  if (actor.kind === 'nobody') return []
  return projectsOf((await rightsOf(tx, actor.id)).grants)
}

/** A `where` on a column that names a project, for lists and counts. */
export const inReadable = (readable: readonly string[] | 'all') => (readable === 'all' ? {} : { in: [...readable] })

/** Everybody who holds a role in a project now, by group or in person; those whose rights are unknown or disabled left out. */
export async function holdersOf(tx: Reader, projectId: string): Promise<readonly Holder[]> {
  return (await holdersOfMany(tx, [projectId])).get(projectId) ?? []
}

/** The same for several projects, by their ids, in as many statements as for one. */
export async function holdersOfMany(
  tx: Reader,
  projectIds: readonly string[],
): Promise<ReadonlyMap<string, readonly Holder[]>> {
  const grants = await tx.roleGrant.findMany({
    where: { OR: [{ projectId: { in: [...projectIds] } }, { projectId: null }] },
  })
  const people = await tx.user.findMany({
    where: {
      disabledAt: null,
      OR: [
        { groupIds: { hasSome: grants.flatMap(grant => grant.groupId ?? []) }, rightsUnknown: false },
        { id: { in: grants.flatMap(grant => grant.userId ?? []) } },
      ],
    },
  })
  const holdersIn = (projectId: string): readonly Holder[] =>
    people.flatMap(person => {
      const groups = person.rightsUnknown ? [] : person.groupIds
      const held = grants
        .filter(grant => grant.projectId === null || grant.projectId === projectId)
        .filter(grant => grant.userId === person.id || (grant.groupId !== null && groups.includes(grant.groupId)))
      const own = [...new Set(held.map(grant => grant.role).filter(isRole))]
      return held.length === 0 ? [] : [{ userId: person.id, email: person.email, name: person.name, roles: own }]
    })
  return new Map(projectIds.map(projectId => [projectId, holdersIn(projectId)]))
}

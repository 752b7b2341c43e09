import type { Tx } from '@/lib/db/client'
import type { Actor } from '@/lib/kernel/context'
import { ok, type Result, refuse } from '@/lib/kernel/result'
import { type Ability, abilities, type Holder, isRole, namesOf, type Role } from './roles'

type Reader = Pick<Tx, 'user' | 'roleGrant'>

/**
 * The roles that a person holds in a project now, read at the moment of use (`null`: in every project alone).
 * Unknown groups (overage with Graph down) mean no roles by group.
 */
export async function rolesOf(tx: Reader, userId: string, projectId: string | null): Promise<readonly Role[]> {
  const person = await tx.user.findUnique({ where: { id: userId } })
  if (!person || person.disabledAt) return []
  const groupIds = person.rightsUnknown ? [] : person.groupIds
  const grants = await tx.roleGrant.findMany({
    where: {
      AND: [
        { OR: [{ userId }, { groupId: { in: groupIds } }] },
        projectId === null ? { projectId: null } : { OR: [{ projectId }, { projectId: null }] },
      ],
    },
    select: { role: true },
  })
  return [...new Set(grants.map(grant => grant.role).filter(isRole))]
}

/** The roles that a person holds in whichever project, read once for many. */
export async function rolesByProject(tx: Reader, userId: string): Promise<(projectId: string) => readonly Role[]> {
  const person = await tx.user.findUnique({ where: { id: userId } })
  if (!person || person.disabledAt) return () => []
  const groupIds = person.rightsUnknown ? [] : person.groupIds
  const grants = await tx.roleGrant.findMany({
    where: { OR: [{ userId }, { groupId: { in: groupIds } }] },
    select: { role: true, projectId: true },
  })
  return projectId => {
    const held = grants.filter(grant => grant.projectId === null || grant.projectId === projectId)
    return [...new Set(held.map(grant => grant.role).filter(isRole))]
  }
}

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
  const person = await tx.user.findUnique({ where: { id: actor.id } })
  if (!person || person.disabledAt) return []
  const groupIds = person.rightsUnknown ? [] : person.groupIds
  const grants = await tx.roleGrant.findMany({
    where: { OR: [{ userId: actor.id }, { groupId: { in: groupIds } }] },
    select: { projectId: true },
  })
  if (grants.some(grant => grant.projectId === null)) return 'all'
  return [...new Set(grants.flatMap(grant => grant.projectId ?? []))]
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

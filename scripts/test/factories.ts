import type { Role } from '@/lib/access/roles'
import type { Db } from '@/lib/db/client'
import { hops } from '@/lib/environment/hop'
import { type Tier, tierFacts, tiers } from '@/lib/environment/tier'
import type { Actor } from '@/lib/kernel/context'
import { newId } from '@/lib/kernel/ids'

export type Person = Extract<Actor, { kind: 'person' }>

/** A person who has signed in once, with roles in a project (`projectId` null: in every project). */
export async function makePerson(
  db: Db,
  options: { roles?: readonly Role[]; projectId?: string | null; name?: string; groupIds?: string[] } = {},
): Promise<Person> {
  const id = newId()
  const name = options.name ?? `Person ${id.slice(-6)}`
  const email = `${id.slice(-12)}@claims.example`
  await db.user.create({
    data: { id, tenantId: newId(), objectId: newId(), name, email, groupIds: options.groupIds ?? [] },
  })
  for (const role of options.roles ?? []) {
    const projectId = options.projectId ?? null
    await db.roleGrant.create({
      data: { id: newId(), role, userId: id, projectId, label: name, grantedAt: new Date() },
    })
  }
  return { kind: 'person', id, name, email }
}

/** A project with its four environments and three hops, workspaces of random ids. */
export async function makeProject(db: Db, options: { name?: string; strategy?: string } = {}) {
  const id = newId()
  const name = options.name ?? `Claims-${id.slice(-6)}`
  const createdAt = new Date()
  await db.project.create({
    data: { id, slug: name.toLowerCase(), name, strategy: options.strategy ?? 'definitions', createdAt },
  })
  const environments = {} as Record<Tier, string>
  for (const tier of tiers) {
    const facts = tierFacts[tier]
    environments[tier] = newId()
    await db.environment.create({
      data: {
        id: environments[tier],
        projectId: id,
        tier,
        workspaceId: newId(),
        workspaceName: `${name}-${facts.label}`,
        purpose: facts.purpose,
        dataClass: facts.data,
        access: facts.access,
        linkedAt: createdAt,
      },
    })
  }
  for (const hop of hops) await db.hop.create({ data: { id: newId(), projectId: id, hop } })
  return { id, name, environments }
}

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '@/lib/kernel/ids'
import { cloneDatabase, type TestDatabase } from '@/scripts/test/clone-database'
import { makePerson, makeProject } from '@/scripts/test/factories'
import { rolesOf } from './authorise'
import { grantRole } from './commands/grant-role'
import { revokeRole } from './commands/revoke-role'
import { listManagedProjects, listMembers } from './queries'

let test: TestDatabase
beforeAll(async () => {
  test = await cloneDatabase()
})
afterAll(() => test.drop())

const groupId = '830f5ea7-65fa-43c5-ba52-5e803d1ff05a'

/** A project with its own administrator, and somebody with the role QA in it. */
async function given() {
  const { db } = test
  const project = await makeProject(db)
  const projectId = project.id
  const administrator = await makePerson(db, { roles: ['administrator'], projectId })
  const qa = await makePerson(db, { roles: ['qa'], projectId })
  const actions = async () =>
    (await db.auditEntry.findMany({ where: { projectId }, orderBy: { sequence: 'asc' } })).map(row => row.action)
  const grantOf = (userId: string) => db.roleGrant.findFirstOrThrow({ where: { userId, projectId } })
  return { db, projectId, administrator, qa, actions, grantOf }
}

const toGroup = (projectId: string | null) =>
  ({ holder: 'group', projectId, role: 'developer', groupId, label: 'Claims developers' }) as const

describe('giving a role', () => {
  it('gives it to a group, and its members have it', async () => {
    const { db, projectId, administrator, actions } = await given()
    const member = await makePerson(db, { groupIds: [groupId] })
    const result = await grantRole({ actor: administrator, db }, toGroup(projectId))
    expect(result).toMatchObject({ ok: true, value: { roleLabel: 'Developer' } })
    expect(await rolesOf(db, member.id, projectId)).toEqual(['developer'])
    expect(await actions()).toEqual(['member.granted'])
  })

  it('gives it to a person', async () => {
    const { db, projectId, administrator, qa } = await given()
    const input = { holder: 'person', projectId, role: 'on-call', userId: qa.id } as const
    expect((await grantRole({ actor: administrator, db }, input)).ok).toBe(true)
    expect((await rolesOf(db, qa.id, projectId)).toSorted()).toEqual(['on-call', 'qa'])
  })

  it('is refused to another role, and audited', async () => {
    const { db, projectId, qa, actions } = await given()
    const result = await grantRole({ actor: qa, db }, toGroup(projectId))
    expect(result).toMatchObject({ ok: false, refusal: { code: 'not-allowed' } })
    expect(await db.roleGrant.count({ where: { projectId, groupId } })).toBe(0)
    expect(await actions()).toEqual(['refused'])
  })

  it('is refused to an administrator of another project, and of one project for every project', async () => {
    const { db, administrator } = await given()
    const other = await given()
    const ctx = { actor: administrator, db }
    expect(await grantRole(ctx, toGroup(other.projectId))).toMatchObject({ ok: false, refusal: { code: 'not-found' } })
    expect((await grantRole(ctx, toGroup(null))).ok).toBe(false)
    expect(await db.roleGrant.count({ where: { groupId, projectId: other.projectId } })).toBe(0)
    expect(await db.roleGrant.count({ where: { groupId, projectId: null } })).toBe(0)
  })

  it('happens once when two do it at once', async () => {
    const { db, projectId, administrator, actions } = await given()
    const ctx = { actor: administrator, db }
    const both = await Promise.all([grantRole(ctx, toGroup(projectId)), grantRole(ctx, toGroup(projectId))])
    expect(both.map(result => (result.ok ? 'ok' : result.refusal.code)).toSorted()).toEqual(['conflict', 'ok'])
    expect(await actions()).toEqual(['member.granted'])
  })

  it('knows only people who have signed in, and projects that exist', async () => {
    const { db, projectId, administrator } = await given()
    const nobody = { holder: 'person', projectId, role: 'qa', userId: newId() } as const
    expect(await grantRole({ actor: administrator, db }, nobody)).toMatchObject({ refusal: { code: 'not-found' } })
  })
})

describe('taking a role away', () => {
  it('ends it at once', async () => {
    const { db, projectId, administrator, qa, actions, grantOf } = await given()
    const { id: grantId } = await grantOf(qa.id)
    expect((await revokeRole({ actor: administrator, db }, { grantId })).ok).toBe(true)
    expect(await rolesOf(db, qa.id, projectId)).toEqual([])
    expect(await actions()).toEqual(['member.revoked'])
    expect(await revokeRole({ actor: administrator, db }, { grantId })).toMatchObject({ ok: false })
  })

  it('is refused to another role, and audited', async () => {
    const { db, administrator, qa, actions, grantOf } = await given()
    const { id: grantId } = await grantOf(administrator.id)
    expect(await revokeRole({ actor: qa, db }, { grantId })).toMatchObject({ refusal: { code: 'not-allowed' } })
    expect(await actions()).toEqual(['refused'])
  })

  it('leaves the last administrator in place', async () => {
    const { db, projectId, administrator, grantOf } = await given()
    const { id: grantId } = await grantOf(administrator.id)
    const result = await revokeRole({ actor: administrator, db }, { grantId })
    expect(result).toMatchObject({ ok: false, refusal: { code: 'conflict' } })
    expect(await rolesOf(db, administrator.id, projectId)).toEqual(['administrator'])
  })

  it('leaves one of two administrators when each takes it from the other at once', async () => {
    const { db, projectId, administrator, grantOf } = await given()
    const second = await makePerson(db, { roles: ['administrator'], projectId })
    const [first, other] = [await grantOf(administrator.id), await grantOf(second.id)]
    const both = await Promise.all([
      revokeRole({ actor: administrator, db }, { grantId: other.id }),
      revokeRole({ actor: second, db }, { grantId: first.id }),
    ])
    expect(both.filter(result => result.ok)).toHaveLength(1)
    expect(await db.roleGrant.count({ where: { projectId, role: 'administrator' } })).toBe(1)
  })
})

describe('the list of members', () => {
  it('shows those of the reader’s own projects, and what they may change', async () => {
    const { db, projectId, administrator, qa } = await given()
    await given()
    const ctx = { actor: administrator, db }
    expect((await listMembers(ctx)).map(member => member.label).toSorted()).toEqual(
      [administrator.name, qa.name].toSorted(),
    )
    const { everywhere, projects } = await listManagedProjects(ctx)
    expect([everywhere, projects.map(project => project.id)]).toEqual([false, [projectId]])
    expect((await listManagedProjects({ actor: qa, db })).projects).toEqual([])
  })
})

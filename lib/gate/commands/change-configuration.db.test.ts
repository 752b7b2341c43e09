import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { seenOf } from '@/lib/configuration/inputs'
import { loadConfiguration } from '@/lib/configuration/queries'
import type { Variable } from '@/lib/configuration/variable'
import { cloneDatabase, type TestDatabase } from '@/scripts/test/clone-database'
import { givenTicket, meetAll } from '@/scripts/test/ticket-factory'
import { removeRule, saveRule } from './change-rules'
import { fillValue, removeVariable, saveVariable } from './change-variables'

let database: TestDatabase
beforeAll(async () => {
  database = await cloneDatabase()
})
afterAll(() => database.drop())

const variable: Variable = {
  name: 'Lakehouse',
  kind: 'lakehouse',
  values: { dev: 'lh_claims_dev', uat: 'lh_claims_uat' },
}
const lastAudit = (projectId: string) =>
  database.db.auditEntry.findFirstOrThrow({ where: { projectId }, orderBy: { sequence: 'desc' } })
const audited = (projectId: string, action: string) =>
  database.db.auditEntry.findMany({ where: { projectId, action }, orderBy: { sequence: 'asc' } })

async function given() {
  const { project, people, ticket } = await givenTicket(database.db, 'test-uat')
  const ctx = { actor: people.releaseManager, db: database.db }
  const saved = await saveVariable(ctx, { projectId: project.id, seen: '', variable })
  if (!saved.ok) throw new Error(saved.refusal.message)
  return { project, people, ticket, ctx }
}

describe('variables', () => {
  test('a changed value of the target ends the decision, is audited with old and new, and asks for a new plan', async () => {
    const { project, people, ticket, ctx } = await given()
    await meetAll(database.db, ticket.id, people)
    const changed = { ...variable, values: { ...variable.values, uat: 'lh_other_uat' } }
    const input = { projectId: project.id, seen: seenOf(variable), variable: changed }
    expect(await saveVariable(ctx, input)).toMatchObject({ ok: true, value: { ended: 1 } })
    const votes = await database.db.signOff.findMany({ where: { ticketId: ticket.id } })
    expect(votes).toMatchObject([{ endedBecause: 'the rules or values of the target changed' }])
    const [row] = (await audited(project.id, 'configuration.changed')).slice(-1)
    expect(JSON.parse(row?.text ?? '{}').details).toEqual({
      what: 'variable',
      name: 'Lakehouse',
      from: variable,
      to: changed,
    })
    const plans = await database.db.$queryRaw<unknown[]>`SELECT 1 FROM dbos.workflow_status WHERE name = 'make-plan'
      AND workflow_uuid LIKE ${`plan-${ticket.id}-%`}`
    expect(plans).toHaveLength(2)
  })

  test('a changed value of another tier ends nothing', async () => {
    const { project, people, ticket, ctx } = await given()
    await meetAll(database.db, ticket.id, people)
    const result = await fillValue(ctx, {
      projectId: project.id,
      name: 'Lakehouse',
      tier: 'prod',
      value: 'lh_claims_prod',
    })
    expect(result).toMatchObject({ ok: true, value: { ended: 0 } })
    expect(await database.db.signOff.count({ where: { ticketId: ticket.id, endedAt: null } })).toBe(1)
  })

  test('a value is filled once, a stale form changes nothing, a name is used once', async () => {
    const { project, ctx } = await given()
    const { id: projectId } = project
    const filled = { projectId, name: 'Lakehouse', tier: 'uat', value: 'lh' } as const
    expect(await fillValue(ctx, filled)).toMatchObject({ ok: false, refusal: { code: 'conflict' } })
    const stale = { projectId, seen: seenOf({ ...variable, kind: 'text' }), variable }
    expect(await saveVariable(ctx, stale)).toMatchObject({ ok: false, refusal: { code: 'stale' } })
    const twice = { projectId, seen: '', variable: { ...variable, name: 'LAKEHOUSE' } }
    expect(await saveVariable(ctx, twice)).toMatchObject({ ok: false, refusal: { code: 'conflict' } })
    expect((await loadConfiguration(database.db, projectId)).variables).toEqual([variable])
  })

  test('who may not: refused and audited, nothing written; of another project: nothing there', async () => {
    const { project, people } = await given()
    const qa = { actor: people.qa, db: database.db }
    const remove = { projectId: project.id, name: 'Lakehouse' }
    expect(await removeVariable(qa, remove)).toMatchObject({ ok: false, refusal: { code: 'not-allowed' } })
    expect((await lastAudit(project.id)).action).toBe('refused')
    const stranger = { actor: (await given()).people.releaseManager, db: database.db }
    expect(await removeVariable(stranger, remove)).toMatchObject({ ok: false, refusal: { code: 'not-found' } })
    expect((await loadConfiguration(database.db, project.id)).variables).toEqual([variable])
  })
})

describe('rules', () => {
  const rule = { kind: 'lakehouse', name: 'Default lakehouse', variable: 'Lakehouse' } as const

  test('are added, changed in their place, and removed; each ends the decisions that saw another set', async () => {
    const { project, people, ticket, ctx } = await given()
    const { id: projectId } = project
    await saveRule(ctx, { projectId, seen: '', rule })
    await saveRule(ctx, { projectId, seen: '', rule: { ...rule, name: 'Second' } })
    await meetAll(database.db, ticket.id, people)
    const source = { kind: 'data-source', name: rule.name, variable: 'Lakehouse', itemTypes: ['Notebook'] } as const
    const changed = { projectId, seen: seenOf(rule), rule: { ...source, itemTypes: ['Notebook'] } }
    expect(await saveRule(ctx, changed)).toMatchObject({ ok: true, value: { ended: 1 } })
    expect((await loadConfiguration(database.db, projectId)).rules.map(one => [one.name, one.kind])).toEqual([
      ['Default lakehouse', 'data-source'],
      ['Second', 'lakehouse'],
    ])
    expect(await removeRule(ctx, { projectId, name: 'Default lakehouse' })).toMatchObject({ ok: true })
    expect((await loadConfiguration(database.db, projectId)).rules.map(one => one.name)).toEqual(['Second'])
    expect(await audited(projectId, 'configuration.changed')).toHaveLength(5)
  })

  test('need a variable of a fitting kind, and keep it from being removed', async () => {
    const { project, ctx } = await given()
    const { id: projectId } = project
    const none = { projectId, seen: '', rule: { ...rule, variable: 'Nothing' } }
    expect(await saveRule(ctx, none)).toMatchObject({ ok: false, refusal: { code: 'invalid' } })
    await saveRule(ctx, { projectId, seen: '', rule })
    const removed = await removeVariable(ctx, { projectId, name: 'Lakehouse' })
    expect(removed).toMatchObject({ ok: false, refusal: { code: 'invalid' } })
    expect((await loadConfiguration(database.db, projectId)).variables).toHaveLength(1)
  })
})

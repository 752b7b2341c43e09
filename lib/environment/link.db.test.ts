import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseEnv } from '@/lib/env/env'
import { fabricSettings, openFabric } from '@/lib/fabric/fabric'
import { workspaceDirectory } from '@/lib/fabric/workspace-directory'
import { newId } from '@/lib/kernel/ids'
import { cloneDatabase, type TestDatabase } from '@/scripts/test/clone-database'
import { makePerson } from '@/scripts/test/factories'
import { demo, tenant } from '@/simulator/demo/tenant'
import { type RunningSimulator, startSimulator } from '@/simulator/server'
import { createProject } from './commands/create-project'
import { linkEnvironment } from './commands/link-environment'
import { unlinkEnvironment } from './commands/unlink-environment'
import type { WorkspaceDirectory } from './link'
import { getLinks } from './queries'

let test: TestDatabase
let simulator: RunningSimulator
let dataDir: string
let directory: WorkspaceDirectory

beforeAll(async () => {
  test = await cloneDatabase()
  dataDir = await mkdtemp(join(tmpdir(), 'gatehouse-link-'))
  const workspaces = tenant.workspaces.map(workspace => ({ ...workspace, itemsFrom: null, git: null }))
  const bare = { ...tenant, workspaces, repositories: [], deploymentPipelines: [] }
  simulator = await startSimulator({ port: 0, smtpPort: 0, dataDir, tenant: bare })
  directory = directoryAt(simulator.url)
})
afterAll(async () => {
  await simulator.stop()
  await test.drop()
  await rm(dataDir, { recursive: true, force: true })
})

function directoryAt(url: string): WorkspaceDirectory {
  const settings = fabricSettings(
    parseEnv({
      DATABASE_URL: 'postgresql://none',
      BASE_URL: 'http://127.0.0.1:3000',
      NEXTAUTH_SECRET: 'x'.repeat(32),
      ENTRA_TENANT_ID: demo.tenantId,
      ENTRA_CLIENT_ID: demo.applications.signIn.clientId,
      ENTRA_CLIENT_SECRET: demo.applications.signIn.secret,
      FABRIC_CLIENT_ID: demo.applications.fabric.clientId,
      FABRIC_CLIENT_SECRET: demo.applications.fabric.secret,
      ENTRA_AUTHORITY: simulator.url,
      FABRIC_API_URL: `${url}/v1`,
      GITHUB_WEBHOOK_SECRET: 'x'.repeat(16),
      SMTP_URL: 'smtp://127.0.0.1:25',
    }),
  )
  return workspaceDirectory(openFabric({ ...settings, http: { ...settings.http, retryForMs: 0 } }))
}

/** A project, made by the first who asks for it, and an administrator of every project; each test links workspaces of its own. */
async function given(name = 'Claims-Analytics') {
  const { db } = test
  const administrator = await makePerson(db, { roles: ['administrator'] })
  const ctx = { actor: administrator, db }
  const [project = '', domain = ''] = name.split('-')
  await createProject(ctx, { project, domain })
  const { id: projectId, slug } = await db.project.findUniqueOrThrow({ where: { name } })
  const link = (workspaceId: string, from = directory, who = ctx) =>
    linkEnvironment(who, { projectId, workspaceId }, from)
  const environments = () => db.environment.count({ where: { projectId } })
  return { db, ctx, projectId, slug, link, environments }
}

const codeOf = (result: { ok: true } | { ok: false; refusal: { code: string } }) =>
  result.ok ? 'ok' : result.refusal.code

describe('creating a project', () => {
  it('makes it once, with its three hops', async () => {
    const { db, ctx, projectId } = await given()
    expect(await db.hop.count({ where: { projectId } })).toBe(3)
    expect(codeOf(await createProject(ctx, { project: 'Claims', domain: 'Analytics' }))).toBe('conflict')
    const audit = await db.auditEntry.findMany({ where: { projectId, action: 'project.created' } })
    expect(audit).toHaveLength(1)
  })

  it('is refused to everybody but administrators of every project, and audited', async () => {
    const { db, projectId } = await given()
    const actor = await makePerson(db, { roles: ['administrator'], projectId })
    const before = await db.auditEntry.count({ where: { action: 'refused' } })
    expect((await createProject({ actor, db }, { project: 'Fraud', domain: 'Detection' })).ok).toBe(false)
    expect(await db.project.count({ where: { name: 'Fraud-Detection' } })).toBe(0)
    expect(await db.auditEntry.count({ where: { action: 'refused' } })).toBe(before + 1)
  })
})

describe('linking a workspace', () => {
  it('stores what the policy says of its tier, with its capacity, and audits it', async () => {
    const { db, link, projectId } = await given()
    expect(await link(demo.workspaces.uat)).toMatchObject({ ok: true, value: { tier: 'uat' } })
    const row = await db.environment.findUniqueOrThrow({ where: { workspaceId: demo.workspaces.uat } })
    expect(row).toMatchObject({
      projectId,
      tier: 'uat',
      workspaceName: 'Claims-Analytics-UAT',
      capacityId: demo.capacities.uat,
      purpose: 'User acceptance',
      dataClass: 'Prod-like',
      access: 'Business users',
    })
    expect(await db.auditEntry.count({ where: { projectId, action: 'environment.linked' } })).toBe(1)
  })

  it('refuses one that is linked already, and says to what', async () => {
    const { link, environments } = await given()
    await link(demo.workspaces.dev)
    const before = await environments()
    const again = await link(demo.workspaces.dev)
    expect(again).toMatchObject({ refusal: { code: 'conflict', message: expect.stringContaining('as Dev of Claims') } })
    expect(await environments()).toBe(before)
  })

  it.each([
    ['breaks the convention', demo.refusedWorkspaces.breaksConvention, 'invalid', 'Claims-Analytics-Prod'],
    ['is of another project', demo.pricingWorkspaces.dev, 'invalid', 'a workspace of Policy-Pricing'],
    ['is unknown to Fabric', newId(), 'not-found', 'does not exist, or'],
  ])('refuses one that %s', async (_, workspaceId, code, words) => {
    const { link, environments } = await given()
    const before = await environments()
    const result = await link(workspaceId)
    expect(result).toMatchObject({ ok: false, refusal: { code, message: expect.stringContaining(words) } })
    expect(await environments()).toBe(before)
  })

  it.each([
    ['Finance-Ledger', demo.refusedWorkspaces.readOnly, 'may only look'],
    ['Fraud-Detection', demo.refusedWorkspaces.withoutCapacity, 'on no capacity'],
  ])('refuses what cannot be promoted to: %s', async (name, workspaceId, words) => {
    const { link } = await given(name)
    expect(await link(workspaceId)).toMatchObject({ refusal: { message: expect.stringContaining(words) } })
  })

  it('writes nothing when Fabric cannot be reached', async () => {
    const { link, environments } = await given()
    const before = await environments()
    const result = await link(demo.workspaces.prod, directoryAt('http://127.0.0.1:1'))
    expect(result).toMatchObject({ refusal: { code: 'unavailable', message: expect.stringContaining('reached') } })
    expect(await environments()).toBe(before)
  })

  it('is refused to another role, and audited, without a call to Fabric', async () => {
    const { db, projectId, link } = await given()
    const actor = await makePerson(db, { roles: ['release-manager'], projectId })
    const before = await db.auditEntry.count({ where: { projectId, action: 'refused' } })
    const unreachable = directoryAt('http://127.0.0.1:1')
    expect(codeOf(await link(demo.workspaces.prod, unreachable, { actor, db }))).toBe('not-allowed')
    expect(await db.auditEntry.count({ where: { projectId, action: 'refused' } })).toBe(before + 1)
  })

  it('happens once when two do it at once', async () => {
    const { db, link } = await given()
    const both = await Promise.all([link(demo.workspaces.test), link(demo.workspaces.test)])
    expect(both.map(codeOf).toSorted()).toEqual(['conflict', 'ok'])
    expect(await db.environment.count({ where: { workspaceId: demo.workspaces.test } })).toBe(1)
  })
})

describe('the page for linking', () => {
  it('says of every workspace whether it fits', async () => {
    const { ctx, slug } = await given('Policy-Pricing')
    const view = await getLinks(ctx, slug, directory)
    const candidates = view?.candidates.ok ? view.candidates.value : []
    expect(candidates).toHaveLength(tenant.workspaces.length)
    const fitting = candidates.filter(({ verdict }) => verdict.ok).map(({ workspace }) => workspace.name)
    expect(fitting).toEqual(['Dev', 'Test', 'UAT', 'Prod'].map(label => `Policy-Pricing-${label}`))
  })

  it('does not exist for people of other projects', async () => {
    const { db } = await given('Policy-Pricing')
    const { projectId } = await given()
    const actor = await makePerson(db, { roles: ['administrator'], projectId })
    expect(await getLinks({ actor, db }, 'policy-pricing', directory)).toBeNull()
  })
})

describe('unlinking a workspace', () => {
  it('takes it out while no ticket has named it', async () => {
    const { db, ctx, link, projectId } = await given('Policy-Pricing')
    const linked = await link(demo.pricingWorkspaces.dev)
    const environmentId = linked.ok ? linked.value.environmentId : ''
    const stranger = await makePerson(db, { roles: ['developer'], projectId })
    expect(codeOf(await unlinkEnvironment({ actor: stranger, db }, { environmentId }))).toBe('not-allowed')
    expect(codeOf(await unlinkEnvironment(ctx, { environmentId }))).toBe('ok')
    expect(await db.environment.count({ where: { id: environmentId } })).toBe(0)
    expect(await db.auditEntry.count({ where: { projectId, action: 'environment.unlinked' } })).toBe(1)
  })
})

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createEntraPart } from '../entra/part'
import { mountParts, testingTenant } from '../git/testing-tenant'
import { createGraphPart } from './part'

const auditor = '0d000000-0000-4000-8000-000000000002'
const [qaGroup, cabGroup] = ['91000000-0000-4000-8000-000000000001', '91000000-0000-4000-8000-000000000002']

describe('graph', () => {
  let simulator: Awaited<ReturnType<typeof mountParts>>
  let bearer: string
  beforeAll(async () => {
    simulator = await mountParts(['entra', createEntraPart], ['graph', createGraphPart])
    bearer = await tokenFor('https://graph.microsoft.com/.default')
  })
  afterAll(() => simulator.close())

  async function tokenFor(scope: string): Promise<string> {
    const [, application] = testingTenant.applications
    const form = { client_id: application?.clientId ?? '', client_secret: application?.clientSecret ?? '', scope }
    const body = new URLSearchParams({ grant_type: 'client_credentials', ...form })
    const answer = await fetch(`${simulator.baseUrl}/${testingTenant.tenantId}/oauth2/v2.0/token`, {
      method: 'POST',
      body,
    })
    return (await answer.json()).access_token
  }

  async function ask(path: string, { token = bearer, post }: { token?: string; post?: object } = {}) {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    const init = post ? { method: 'POST', headers, body: JSON.stringify(post) } : { headers }
    const answer = await fetch(path.startsWith('http') ? path : `${simulator.baseUrl}/graph/v1.0/${path}`, init)
    return { status: answer.status, body: await answer.json() }
  }

  it('lists the groups of a person page by page', async () => {
    const first = (await ask(`users/${auditor}/transitiveMemberOf?$top=1`)).body
    expect(first.value).toMatchObject([
      { '@odata.type': '#microsoft.graph.group', id: qaGroup, displayName: 'Claims QA' },
    ])
    const second = (await ask(first['@odata.nextLink'])).body
    expect(second.value).toMatchObject([{ id: cabGroup }])
    expect(second['@odata.nextLink']).toBeUndefined()
  })

  it('checks membership', async () => {
    const post = { groupIds: [cabGroup, 'no-group'] }
    expect((await ask(`users/${auditor}/checkMemberGroups`, { post })).body.value).toEqual([cabGroup])
    expect((await ask(`users/${auditor}/checkMemberGroups`, { post: {} })).status).toBe(400)
  })

  it('knows groups and people, and says when it does not', async () => {
    expect((await ask(`groups/${qaGroup}`)).body.displayName).toBe('Claims QA')
    expect((await ask(`users/${auditor}`)).body.mail).toBe('auditor@contoso.example')
    expect((await ask('groups/none')).body.error.code).toBe('Request_ResourceNotFound')
    expect((await ask('users/none')).status).toBe(404)
  })

  it('wants a token of this tenant for itself', async () => {
    expect((await ask(`users/${auditor}`, { token: 'x' })).status).toBe(401)
    const other = await tokenFor('https://api.fabric.microsoft.com/.default')
    expect((await ask(`users/${auditor}`, { token: other })).body.error.message).toContain('audience')
  })

  it('goes down and comes back', async () => {
    const tell = (down: boolean) =>
      fetch(`${simulator.baseUrl}/_sim/graph`, { method: 'POST', body: JSON.stringify({ down }) })
    await tell(true)
    expect((await ask(`users/${auditor}`)).status).toBe(503)
    await tell(false)
    expect((await ask(`users/${auditor}`)).status).toBe(200)
  })
})

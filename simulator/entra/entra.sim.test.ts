import { createHash, createPublicKey, createVerify, randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mountParts, testingTenant } from '../git/testing-tenant'
import { readClaims } from './keys'
import { createEntraPart } from './part'

const { tenantId } = testingTenant
const clientId = 'c1000000-0000-4000-8000-000000000001'
const clientSecret = 'portal~secret/1+x'
const redirectUri = 'http://localhost:3000/api/auth/callback/azure-ad'
const service = { client_id: 'c1000000-0000-4000-8000-000000000002', client_secret: 'service-secret-2' }

describe('entra', () => {
  let simulator: Awaited<ReturnType<typeof mountParts>>
  beforeAll(async () => {
    simulator = await mountParts(['entra', createEntraPart])
  })
  afterAll(() => simulator.close())

  const discover = async () =>
    (await fetch(`${simulator.baseUrl}/${tenantId}/v2.0/.well-known/openid-configuration`)).json()

  /** A browser of one window: keeps cookies by path, follows redirects up to the application. */
  function browser() {
    const cookies = new Map<string, { path: string; value: string }>()
    return async function go(
      address: string,
      form?: Record<string, string>,
    ): Promise<{ at: string; html: string; status: number }> {
      const { pathname } = new URL(address)
      const sent = [...cookies].filter(([, cookie]) => pathname.startsWith(cookie.path))
      const headers = { cookie: sent.map(([name, cookie]) => `${name}=${cookie.value}`).join('; ') }
      const body = form && new URLSearchParams(form)
      const answer = await fetch(address, { method: form ? 'POST' : 'GET', headers, body, redirect: 'manual' })
      for (const line of answer.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
        cookies.set(name, { value, path: /path=([^;]+)/i.exec(line)?.[1] ?? '/' })
      }
      const location = answer.headers.get('location')
      if (!location) return { at: address, html: await answer.text(), status: answer.status }
      const next = new URL(location, address).href
      return next.startsWith(simulator.baseUrl) ? go(next) : { at: next, html: '', status: answer.status }
    }
  }

  async function signIn(person: string, parameters: Record<string, string> = {}) {
    const verifier = randomBytes(32).toString('base64url')
    const endpoints = await discover()
    const go = browser()
    const authorize = new URL(endpoints.authorization_endpoint)
    authorize.search = String(
      new URLSearchParams({
        client_id: clientId,
        response_type: 'code',
        redirect_uri: redirectUri,
        scope: 'openid profile email',
        state: 'state-1',
        nonce: 'nonce-1',
        code_challenge: createHash('sha256').update(verifier).digest('base64url'),
        code_challenge_method: 'S256',
        ...parameters,
      }),
    )
    const asked = await go(authorize.href)
    const arrived = await go(asked.at, { person })
    const code = new URL(arrived.at).searchParams.get('code') ?? ''
    const exchange = (form: Record<string, string> = {}) =>
      fetch(endpoints.token_endpoint, {
        method: 'POST',
        body: new URLSearchParams({
          grant_type: 'authorization_code',
          client_id: clientId,
          client_secret: clientSecret,
          code,
          redirect_uri: redirectUri,
          code_verifier: verifier,
          ...form,
        }),
      })
    return { asked, arrived, exchange, go, endpoints }
  }

  it('describes itself at the issuer, with addresses like those of Entra', async () => {
    const issuer = `${simulator.baseUrl}/${tenantId}`
    expect(await discover()).toMatchObject({
      issuer: `${issuer}/v2.0`,
      authorization_endpoint: `${issuer}/oauth2/v2.0/authorize`,
      token_endpoint: `${issuer}/oauth2/v2.0/token`,
      end_session_endpoint: `${issuer}/oauth2/v2.0/logout`,
      jwks_uri: `${issuer}/discovery/v2.0/keys`,
    })
  })

  it('signs a person in, from the page with people to a signed id token', async () => {
    const { asked, arrived, exchange, endpoints } = await signIn('0d000000-0000-4000-8000-000000000001')
    expect(asked.html).toContain('Stand-in for Entra ID (simulator)')
    expect(asked.html).toContain('Runs Test and signs off.')
    expect(asked.html).toContain('Auditor &#60;all groups&#62;')
    expect(arrived.at.startsWith(redirectUri)).toBe(true)
    expect(new URL(arrived.at).searchParams.get('state')).toBe('state-1')
    const tokens = await (await exchange()).json()
    const claims = readClaims(tokens.id_token)
    expect(claims).toMatchObject({
      iss: `${simulator.baseUrl}/${tenantId}/v2.0`,
      aud: clientId,
      oid: '0d000000-0000-4000-8000-000000000001',
      tid: tenantId,
      ver: '2.0',
      name: 'QA Engineer',
      preferred_username: 'qa@contoso.example',
      email: 'qa@contoso.example',
      nonce: 'nonce-1',
      groups: ['91000000-0000-4000-8000-000000000001'],
    })
    expect(claims?.sub).not.toBe(claims?.oid)
    expect(await isSigned(tokens.id_token, endpoints.jwks_uri)).toBe(true)
    expect(await isSigned(`${tokens.id_token.slice(0, -8)}AAAAAAAA`, endpoints.jwks_uri)).toBe(false)
  })

  it('gives the overage marks in place of groups to a person with too many', async () => {
    const { exchange } = await signIn('0d000000-0000-4000-8000-000000000002')
    const claims = readClaims((await (await exchange()).json()).id_token)
    expect(claims?.groups).toBeUndefined()
    expect(claims?._claim_names).toEqual({ groups: 'src1' })
    expect(claims?._claim_sources).toMatchObject({ src1: { endpoint: expect.stringContaining('getMemberObjects') } })
  })

  it('refuses a wrong verifier, a wrong secret, a foreign redirect and an unknown person', async () => {
    const first = await signIn('0d000000-0000-4000-8000-000000000001')
    expect((await first.exchange({ code_verifier: 'x'.repeat(43) })).status).toBe(400)
    expect((await first.exchange({ client_secret: 'wrong' })).status).toBe(401)
    const foreign = await signIn('0d000000-0000-4000-8000-000000000001', { redirect_uri: 'https://evil.example/in' })
    expect(foreign.asked.status).toBe(400)
    expect(foreign.asked.html).toContain('redirect_uri')
    const unknown = await signIn('nobody')
    expect(unknown.arrived.status).toBe(400)
  })

  it('asks each time who signs in, lets another go on in the same browser, and signs out', async () => {
    const { go, endpoints } = await signIn('0d000000-0000-4000-8000-000000000001')
    const query = { client_id: clientId, response_type: 'code', redirect_uri: redirectUri, scope: 'openid' }
    const again = (more: Record<string, string> = {}) =>
      go(`${endpoints.authorization_endpoint}?${new URLSearchParams({ ...query, ...more })}`)
    const codeIn = (address: string) => new URL(address).searchParams.get('code')
    const personBehind = async (code: string | null) => {
      const form = { grant_type: 'authorization_code', client_id: clientId, client_secret: clientSecret }
      const body = new URLSearchParams({ ...form, code: code ?? '', redirect_uri: redirectUri })
      const answer = await fetch(endpoints.token_endpoint, { method: 'POST', body })
      const answered = await answer.json()
      return answered.id_token ? readClaims(answered.id_token)?.name : answered
    }
    expect(await personBehind(codeIn((await again({ prompt: 'none' })).at))).toBe('QA Engineer')
    for (const prompt of ['', 'select_account', 'login']) {
      const asked = await again(prompt ? { prompt } : {})
      expect(asked.html).toContain('Pick who signs in')
      const arrived = await go(asked.at, { person: '0d000000-0000-4000-8000-000000000002' })
      expect(await personBehind(codeIn(arrived.at))).toBe('Auditor <all groups>')
    }
    const out = `client_id=${clientId}&post_logout_redirect_uri=${encodeURIComponent('http://localhost:3000/out')}`
    const leaving = await go(`${endpoints.end_session_endpoint}?${out}`)
    const [, action = '', xsrf = ''] = /action="([^"]+)".*name="xsrf" value="([^"]+)"/.exec(leaving.html) ?? []
    expect((await go(action, { xsrf, logout: 'yes' })).at).toBe('http://localhost:3000/out')
    expect((await again({ prompt: 'none' })).at).toContain('error=login_required')
  })

  const token = (form: Record<string, string>, tenant = tenantId) =>
    fetch(`${simulator.baseUrl}/${tenant}/oauth2/v2.0/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        scope: 'https://api.fabric.microsoft.com/.default',
        ...form,
      }),
    })

  it('gives an application its token', async () => {
    const answer = await (await token(service)).json()
    expect(answer).toMatchObject({ token_type: 'Bearer', expires_in: 3600 })
    const claims = readClaims(answer.access_token)
    expect(claims).toMatchObject({
      appid: service.client_id,
      oid: '5e000000-0000-4000-8000-000000000002',
      tid: tenantId,
      aud: 'https://api.fabric.microsoft.com',
    })
    expect(Number(claims?.exp) - Number(claims?.iat)).toBe(3600)
    expect(await isSigned(answer.access_token, (await discover()).jwks_uri)).toBe(true)
  })

  it('refuses an application as Entra does', async () => {
    const refusal = async (answer: Response) => [answer.status, (await answer.json()).error_description.slice(0, 13)]
    expect(await refusal(await token({ ...service, client_secret: 'no' }))).toEqual([401, 'AADSTS7000215'])
    expect(await refusal(await token(service, 'd0000000-0000-4000-8000-00000000000d'))).toEqual([400, 'AADSTS90002: '])
    expect(await refusal(await token({ ...service, client_id: 'x' }))).toEqual([400, 'AADSTS700016:'])
    expect(await refusal(await token({ ...service, scope: 'Item.Read' }))).toEqual([400, 'AADSTS1002012'])
    expect(await refusal(await token({ client_id: service.client_id, client_assertion: 'x.y.z' }))).toEqual([
      401,
      'AADSTS700027:',
    ])
  })

  it('shortens tokens and goes down when told to', async () => {
    const tell = (body: object) =>
      fetch(`${simulator.baseUrl}/_sim/entra`, { method: 'POST', body: JSON.stringify(body) })
    await tell({ tokenLifetimeSeconds: 2, down: false })
    expect((await (await token(service)).json()).expires_in).toBe(2)
    await tell({ tokenLifetimeSeconds: 3600, down: true })
    expect((await token(service)).status).toBe(503)
    await tell({ down: false })
    expect((await token(service)).status).toBe(200)
  })

  it('keeps its key over a restart', async () => {
    const keys = await (await fetch((await discover()).jwks_uri)).json()
    const restarted = await createEntraPart(simulator.contextOf('entra'))
    await restarted.close()
    const { access_token } = await (await token(service)).json()
    const header = JSON.parse(Buffer.from(access_token.split('.')[0], 'base64url').toString())
    expect(keys.keys.map((key: { kid: string }) => key.kid)).toEqual([header.kid])
  })
})

async function isSigned(jwt: string, jwksUri: string): Promise<boolean> {
  const [header = '', payload = '', signature = ''] = jwt.split('.')
  const { kid } = JSON.parse(Buffer.from(header, 'base64url').toString())
  const { keys } = await (await fetch(jwksUri)).json()
  const key = createPublicKey({ key: keys.find((k: { kid: string }) => k.kid === kid), format: 'jwk' })
  return createVerify('RSA-SHA256').update(`${header}.${payload}`).verify(key, Buffer.from(signature, 'base64url'))
}

import { createHmac } from 'node:crypto'
import type { APIRequestContext, APIResponse, Page, Request } from '@playwright/test'
import { demo } from '../simulator/demo/ids'
import { ask, refusalsOf, startedFor, ticketId } from './database'
import { expect, portal, test } from './fixtures'
import { type Control, callsTo } from './journey'
import { commitToTest, openGateToUat, signOffForQa, unused } from './stages'

const lastCall = async (simulator: Control): Promise<number> =>
  ((await simulator('calls?since=0')) as { sequence: number }[]).at(-1)?.sequence ?? 0

/** Presses the button as a person does, and keeps what the browser would have sent from leaving. */
async function heldBack(page: Page, press: () => Promise<void>): Promise<Request> {
  const isAct = (request: Request) => request.method() === 'POST' && 'next-action' in request.headers()
  await page.route('**/tickets/**', route => (isAct(route.request()) ? route.abort() : route.continue()))
  const [request] = await Promise.all([page.waitForRequest(isAct), press()])
  await page.unroute('**/tickets/**')
  return request
}

/** Sends such a request by hand: with the session of `from`, and with the Origin given. */
async function sendAgain(act: Request, from: APIRequestContext, origin: string | null): Promise<APIResponse> {
  const own = act.headers()
  const kept = ['accept', 'content-type', 'next-action', 'next-router-state-tree'].filter(name => name in own)
  const headers = Object.fromEntries(kept.map(name => [name, own[name] ?? '']))
  return from.post(act.url(), {
    headers: { ...headers, ...(origin !== null && { origin }) },
    data: act.postDataBuffer() ?? '',
    maxRedirects: 0,
  })
}

test('a promotion asked for by hand is refused, audited, and changes nothing', async ({ as, simulator, request }) => {
  test.setTimeout(600_000)
  const own = new URL(portal().url).origin
  const stage = await commitToTest(as, simulator, [unused('nb_refused')])
  const qa = await openGateToUat(as, simulator, stage)
  const ticket = await ticketId(stage.path)

  const act = await test.step('the request that QA may make, held back', async () => {
    await qa.getByRole('button', { name: 'Promote to UAT…' }).click()
    return heldBack(qa, () => qa.getByRole('dialog').getByRole('button', { name: 'Promote to UAT' }).click())
  })
  expect(await startedFor(ticket), 'holding it back has started nothing').toEqual({ promotions: 0, decisions: 0 })
  const since = await lastCall(simulator)
  const before = await refusalsOf(ticket)
  const refused = async () => (await refusalsOf(ticket)).slice(before.length)
  const nothingWritten = async () => {
    expect(await startedFor(ticket)).toEqual({ promotions: 0, decisions: 0 })
    expect(await callsTo(simulator, demo.workspaces.uat, since)).toEqual([])
  }

  const stakeholder = await as('Head of claims')
  await test.step('a stakeholder sees no button, and reads who may', async () => {
    await stakeholder.goto(stage.path)
    await expect(stakeholder.getByRole('button', { name: /Promote to UAT…/ })).toHaveCount(0)
    await expect(stakeholder.getByRole('button', { name: 'Promote to UAT' })).toBeDisabled()
    await expect(stakeholder.getByRole('link', { name: /QA promotes to UAT: QA analyst/ })).toBeVisible()
  })

  await test.step('people without the role', async () => {
    const message = 'You cannot promote to UAT: it takes the role QA in this project.'
    const manager = await as('Release manager')
    for (const person of [stakeholder, manager])
      expect(await (await sendAgain(act, person.request, own)).text()).toContain(message)
    expect(await refused()).toMatchObject([
      { actor: 'Head of claims', message },
      { actor: 'Release manager', message },
    ])
    await nothingWritten()
  })

  await test.step('nobody', async () => {
    const answer = await sendAgain(act, request, own)
    expect(await answer.text()).not.toContain(stage.release)
    expect((await refused()).slice(2)).toEqual([
      { actor: 'Somebody not signed in', actorId: null, message: 'Sign in to promote to UAT.' },
    ])
    await nothingWritten()
  })

  await test.step('QA, from a page of somebody else or of nobody', async () => {
    for (const origin of ['https://elsewhere.example', 'null', null]) {
      const answer = await sendAgain(act, qa.request, origin)
      const text = await answer.text()
      expect(answer.status() >= 400 || text.includes('This was not sent from'), `from ${origin}: ${text}`).toBe(true)
      await nothingWritten()
    }
  })

  await test.step('QA, with the gate shut', async () => {
    await qa.goto(stage.path)
    await qa.getByRole('button', { name: 'Withdraw my decision' }).click()
    await expect(qa.getByRole('link', { name: /1 criterion unmet/ })).toBeVisible()
    const message = 'Gate Test → UAT is shut: one thing is not met (QA sign-off obtained).'
    expect(await (await sendAgain(act, qa.request, own)).text()).toContain(message)
    expect((await refused()).slice(3)).toMatchObject([{ actor: 'QA analyst', message }])
    await nothingWritten()
  })

  await test.step('and the very same request is done once the gate is open', async () => {
    await signOffForQa(qa)
    expect(await (await sendAgain(act, qa.request, own)).text()).toContain('promotionId')
    expect(await startedFor(ticket)).toEqual({ promotions: 1, decisions: 1 })
    await sendAgain(act, qa.request, own)
    expect(await startedFor(ticket), 'and done once').toEqual({ promotions: 1, decisions: 1 })
    await qa.reload()
    await expect(qa.getByRole('button', { name: 'Close ticket' })).toBeVisible({ timeout: 120_000 })
  })
})

test('a delivery that GitHub did not sign is refused, and not stored', async ({ request }) => {
  const body = JSON.stringify({ ref: 'refs/heads/main', after: 'f'.repeat(40) })
  const deliveryId = crypto.randomUUID()
  const signature = createHmac('sha256', 'not the secret of this webhook').update(body).digest('hex')
  const stored = () => ask('SELECT id FROM webhook_delivery WHERE delivery_id = $1', deliveryId)
  for (const given of [`sha256=${signature}`, '']) {
    const answer = await request.post(`${portal().url}/api/webhooks/github`, {
      headers: {
        'content-type': 'application/json',
        'x-github-event': 'push',
        'x-github-delivery': deliveryId,
        'x-hub-signature-256': given,
      },
      data: body,
    })
    expect(answer.status()).toBe(401)
    expect(answer.headers()['content-type']).toContain('application/problem+json')
    expect(await stored()).toEqual([])
  }
})

test('evidence with a token that is none is refused, and not stored', async ({ request }) => {
  const commit = crypto.randomUUID().replaceAll('-', '').padEnd(40, '0')
  for (const token of [`Bearer gh_${'x'.repeat(43)}`, 'Bearer ', '']) {
    const answer = await request.post(`${portal().url}/api/v1/evidence`, {
      headers: token === '' ? {} : { authorization: token },
      data: { commit, criterion: 'lint', outcome: 'pass', summary: 'No lint errors' },
    })
    expect(answer.status()).toBe(401)
    expect(answer.headers()['content-type']).toContain('application/problem+json')
    expect(answer.headers()['www-authenticate']).toContain('Bearer')
    expect(await answer.json()).toMatchObject({ status: 401, code: 'not-signed-in' })
  }
  expect(await ask('SELECT id FROM evidence WHERE commit = $1', commit)).toEqual([])
})

test('what does not exist says so inside the portal', async ({ as }) => {
  const auditor = await as('Internal auditor')
  const addresses = [
    '/projects/no-such-project',
    '/projects/no-such-project/releases',
    '/projects/claims-analytics/releases/1999.1.1',
    '/tickets/CHG-9999',
    '/tickets/nothing',
  ]
  for (const address of addresses) {
    const answer = await auditor.goto(address)
    expect(answer?.status(), address).toBe(404)
    await expect(auditor.getByRole('heading', { level: 1 })).toHaveText('There is nothing at this address')
    await expect(auditor.getByRole('navigation', { name: 'Main' })).toBeVisible()
  }
})

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mountParts } from '../git/testing-tenant'
import { createTeamsPart } from './part'

const cardOf = (text: unknown, more: object = {}) => ({
  type: 'message',
  attachments: [
    {
      contentType: 'application/vnd.microsoft.card.adaptive',
      content: { type: 'AdaptiveCard', version: '1.4', body: [{ type: 'TextBlock', text }], ...more },
    },
  ],
})

describe('teams', () => {
  let simulator: Awaited<ReturnType<typeof mountParts>>
  beforeAll(async () => {
    simulator = await mountParts(['teams', createTeamsPart])
  })
  afterAll(() => simulator.close())

  const post = (body: unknown, path = '/teams/webhook/claims') =>
    fetch(`${simulator.baseUrl}${path}`, {
      method: 'POST',
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })

  it('takes a card and shows its words', async () => {
    const actions = [{ type: 'Action.OpenUrl', title: 'Open CHG-0001', url: 'https://portal.example/tickets/1' }]
    expect((await post(cardOf('Promotion <started>', { actions }))).status).toBe(202)
    const { messages } = await (await fetch(`${simulator.baseUrl}/_sim/teams.json?webhook=claims`)).json()
    expect(messages).toMatchObject([{ webhook: 'claims', body: { type: 'message' } }])
    const shown = await (await fetch(`${simulator.baseUrl}/_sim/teams`)).text()
    expect(shown).toContain('Promotion &#60;started&#62;')
    expect(shown).toContain('Open CHG-0001')
  })

  it.each([
    ['no JSON', '{'],
    ['no message', { text: 'hello' }],
    ['no attachment', { type: 'message', attachments: [] }],
    ['no text', cardOf(undefined)],
    ['no version', cardOf('x', { version: 'new' })],
    ['a script behind a button', cardOf('x', { actions: [{ type: 'Action.OpenUrl', url: 'javascript:alert(1)' }] })],
  ])('refuses a card with %s', async (_, body) => {
    const answer = await post(body)
    expect(answer.status).toBe(400)
    expect(await answer.json()).toMatchObject({ error: { code: 'BadRequest', message: 'InvalidParameter' } })
  })

  it('refuses a card that is too large', async () => {
    const answer = await post(cardOf('x'.repeat(29_000)))
    expect(answer.status).toBe(413)
    expect((await answer.json()).error.innerError.message).toMatch(/^MessageSizeExceeded: actual \d+, max 28672$/)
  })

  it('fails as it is told to: openly, or behind a 200', async () => {
    await post({ mode: 'down' }, '/_sim/teams/fault')
    expect((await post(cardOf('x'))).status).toBe(503)
    await post({ mode: 'accepted-but-failed' }, '/_sim/teams/fault')
    const answer = await post(cardOf('x'))
    expect([answer.status, (await answer.text()).includes('413')]).toEqual([200, true])
    expect((await post({ mode: 'other' }, '/_sim/teams/fault')).status).toBe(400)
    await post({ mode: 'ok' }, '/_sim/teams/fault')
    expect((await post(cardOf('x'))).status).toBe(202)
  })
})

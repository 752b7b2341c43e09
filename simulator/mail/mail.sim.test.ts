import { createTransport } from 'nodemailer'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { mountParts } from '../git/testing-tenant'
import { createMailPart } from './part'

describe('mail', () => {
  let simulator: Awaited<ReturnType<typeof mountParts>>
  let smtpPort: number
  beforeAll(async () => {
    simulator = await mountParts(['mail', createMailPart])
    smtpPort = (await read()).smtpPort
  })
  afterAll(() => simulator.close())
  beforeEach(() => fetch(`${simulator.baseUrl}/_sim/mail`, { method: 'DELETE' }))

  const read = async (query = '') => (await fetch(`${simulator.baseUrl}/_sim/mail.json${query}`)).json()
  const html = async (path: string) => (await fetch(`${simulator.baseUrl}${path}`)).text()
  const send = (subject: string, to = 'qa@contoso.example') =>
    createTransport({ host: '127.0.0.1', port: smtpPort }).sendMail({
      from: 'Gatehouse <gatehouse@contoso.example>',
      to,
      subject,
      text: 'Grüße,\n<b>not bold</b>\n',
      headers: { 'X-Ticket': 'CHG-0001' },
    })

  it('takes a message and gives it back whole', async () => {
    await send('CHG-0001: Überblick')
    expect((await read()).messages).toMatchObject([
      {
        subject: 'CHG-0001: Überblick',
        sender: 'gatehouse@contoso.example',
        recipients: ['qa@contoso.example'],
        from: '"Gatehouse" <gatehouse@contoso.example>',
        text: expect.stringContaining('Grüße'),
        headers: expect.arrayContaining([{ name: 'x-ticket', line: 'X-Ticket: CHG-0001' }]),
      },
    ])
  })

  it('filters by recipient and time', async () => {
    await send('one')
    const since = new Date(Date.now() + 1).toISOString()
    await new Promise(resolve => setTimeout(resolve, 5))
    await send('two', 'auditor@contoso.example')
    const subjects = async (query: string) => (await read(query)).messages.map((m: { subject: string }) => m.subject)
    expect(await subjects('?to=QA@contoso.example')).toEqual(['one'])
    expect(await subjects(`?since=${since}`)).toEqual(['two'])
  })

  it('shows a list and a message, as text and never as markup', async () => {
    await send('<script>alert(1)</script>')
    const list = await html('/_sim/mail')
    expect(list).toContain('&#60;script&#62;')
    const [, path = ''] = /href="(\/_sim\/mail\/\d+)"/.exec(list) ?? []
    const message = await html(path)
    expect(message).toContain('&#60;b&#62;not bold')
    expect(message).not.toContain('<script>')
  })

  it('keeps its messages over a restart', async () => {
    await send('kept')
    const second = await createMailPart(simulator.contextOf('mail'))
    await second.close()
    const third = await createMailPart(simulator.contextOf('mail'))
    expect(third.smtpPort).toBeGreaterThan(0)
    await third.close()
    expect((await read()).messages).toHaveLength(1)
  })

  it('refuses when told to', async () => {
    const tell = (refuse: boolean) =>
      fetch(`${simulator.baseUrl}/_sim/mail/fault`, { method: 'POST', body: JSON.stringify({ refuse }) })
    await tell(true)
    await expect(send('no')).rejects.toThrow('451')
    await tell(false)
    await send('yes')
    expect((await read()).messages).toHaveLength(1)
  })
})

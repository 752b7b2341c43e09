import { readJsonObject, sendEmpty, sendHtml, sendJson } from '../entra/http'
import type { Part, PartContext } from '../part'
import { createMessages } from './messages'
import { mailListPage, mailMessagePage } from './pages'
import { startSmtp } from './smtp'

/** A mail server whose mail is read at `/_sim/mail`. `smtpPort` is where it really listens. */
export async function createMailPart(context: PartContext): Promise<Part & { readonly smtpPort: number }> {
  const messages = createMessages(context.dataDir)
  const faults = { refuse: false }
  const smtp = await startSmtp(context.smtpPort, () => faults.refuse, messages.add)
  return {
    smtpPort: smtp.port,
    async handle(request, response, url) {
      const { pathname, searchParams } = url
      if (pathname === '/_sim/mail.json') {
        const messagesAsked = messages.list({ to: searchParams.get('to'), since: searchParams.get('since') })
        return sendJson(response, 200, { smtpPort: smtp.port, messages: messagesAsked })
      }
      if (pathname === '/_sim/mail/fault') {
        const body = request.method === 'POST' ? await readJsonObject(request) : {}
        if (typeof body?.refuse === 'boolean') faults.refuse = body.refuse
        return sendJson(response, body ? 200 : 400, faults)
      }
      if (pathname === '/_sim/mail') {
        if (request.method !== 'DELETE') return sendHtml(response, 200, mailListPage([...messages.list()].reverse()))
        messages.clear()
        return sendEmpty(response, 204)
      }
      const [, id] = /^\/_sim\/mail\/(\d+)$/.exec(pathname) ?? []
      if (!id) return false
      const message = messages.find(Number(id))
      return message ? sendHtml(response, 200, mailMessagePage(message)) : sendEmpty(response, 404)
    },
    close: smtp.close,
  }
}

import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import { readBody, readJsonObject, sendEmpty, sendHtml, sendJson } from '../entra/http'
import { escapeHtml, page, when } from '../entra/page'
import type { Part, PartContext } from '../part'
import { whyNoCard, wordsOf } from './card'

type TeamsMessage = {
  readonly id: number
  readonly webhook: string
  readonly receivedAt: string
  readonly body: unknown
}

const largestMessage = 28 * 1024
const mostKept = 500
const modes = ['ok', 'down', 'accepted-but-failed'] as const

/** Workflow webhooks of Teams channels: any id is a channel. What came is shown at `/_sim/teams`. */
export async function createTeamsPart(context: PartContext): Promise<Part> {
  const file = join(context.dataDir, 'messages.json')
  let messages: TeamsMessage[] = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : []
  let mode: (typeof modes)[number] = 'ok'

  function keep(next: TeamsMessage[]): void {
    messages = next
    writeFileSync(`${file}.new`, JSON.stringify(messages))
    renameSync(`${file}.new`, file)
  }

  async function receive(webhook: string, request: IncomingMessage, response: ServerResponse): Promise<true> {
    const bytes = await readBody(request)
    if (mode === 'down') return fail(response, 503, 'ServiceUnavailable', 'The service is unavailable.')
    if (mode === 'accepted-but-failed') {
      const sentence =
        'Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error 413 with ContextId tcid=0'
      response.writeHead(200, { 'content-type': 'text/plain' }).end(sentence)
      return true
    }
    if (bytes.length > largestMessage) {
      return fail(response, 413, 'BadRequest', `MessageSizeExceeded: actual ${bytes.length}, max ${largestMessage}`)
    }
    const body = parse(bytes.toString())
    const reason = whyNoCard(body)
    if (reason) return fail(response, 400, 'BadRequest', reason)
    const id = (messages.at(-1)?.id ?? 0) + 1
    keep([...messages.slice(1 - mostKept), { id, webhook, receivedAt: new Date().toISOString(), body }])
    return sendEmpty(response, 202)
  }

  async function control(request: IncomingMessage, response: ServerResponse): Promise<true> {
    const asked = request.method === 'POST' ? (await readJsonObject(request))?.mode : mode
    const known = modes.find(name => name === asked)
    mode = known ?? mode
    return sendJson(response, known ? 200 : 400, { mode, modes })
  }

  return {
    async handle(request, response, url) {
      if (url.pathname === '/_sim/teams.json') {
        const webhook = url.searchParams.get('webhook')
        return sendJson(response, 200, { messages: messages.filter(m => webhook === null || m.webhook === webhook) })
      }
      if (url.pathname === '/_sim/teams/fault') return control(request, response)
      if (url.pathname === '/_sim/teams') {
        if (request.method !== 'DELETE') return sendHtml(response, 200, teamsPage(messages))
        keep([])
        return sendEmpty(response, 204)
      }
      const [, webhook] = /^\/teams\/webhook\/([^/]+)$/.exec(url.pathname) ?? []
      if (!webhook) return false
      return request.method === 'POST'
        ? receive(decodeURIComponent(webhook), request, response)
        : sendEmpty(response, 405)
    },
    close: async () => undefined,
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function fail(response: ServerResponse, status: number, code: string, reason: string): true {
  return sendJson(response, status, {
    error: { code, message: 'InvalidParameter', innerError: { code: '1', message: reason } },
  })
}

function teamsPage(messages: readonly TeamsMessage[]): string {
  const cards = [...messages].reverse().map(
    message => `<li class="panel"><p class="muted small">${when(message.receivedAt)}, channel ${escapeHtml(message.webhook)}</p>
${wordsOf(message.body)
  .map(line => `<p>${escapeHtml(line)}</p>`)
  .join('')}</li>`,
  )
  const list =
    cards.length === 0 ? '<p>No card has come yet.</p>' : `<ul style="display:grid;gap:8px">${cards.join('\n')}</ul>`
  return page(
    'Teams messages',
    'Microsoft Teams',
    `<p class="muted">${messages.length} cards, newest first.</p>${list}`,
  )
}

import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { z } from 'zod'
import { type RunningSimulator, startSimulator } from '../server'
import { ids, testTenant } from './tenant'

export type Answer = {
  readonly status: number
  readonly headers: Headers
  readonly bytes: Buffer
  readonly body: unknown
}

export type Exchange = {
  readonly method: string
  readonly path: string
  readonly request: unknown
  readonly answer: Answer
}

export const named = z.looseObject({ id: z.string(), type: z.string().optional(), displayName: z.string() })
export const listOf = <T extends z.ZodType>(item: T) =>
  z.looseObject({
    value: z.array(item),
    continuationToken: z.string().optional(),
    continuationUri: z.string().optional(),
  })

/** A token as the Entra part issues it; only its claims count here. */
export function tokenFor(appid: string, oid: string, secondsLeft = 3600): string {
  const claims = {
    appid,
    oid,
    aud: 'https://api.fabric.microsoft.com',
    exp: Math.floor(Date.now() / 1000) + secondsLeft,
  }
  return `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.none`
}

export const temporaryFolder = (): string => mkdtempSync(path.join(tmpdir(), 'gatehouse-simulator-'))

export type Client = ReturnType<typeof createClient>

export function createClient(url: string, token = tokenFor(ids.portalClient, ids.portal)) {
  const exchanges: Exchange[] = []
  const call = async (method: string, path: string, request?: unknown): Promise<Answer> => {
    const response = await fetch(url + path, {
      method,
      headers: { Authorization: `Bearer ${token}` },
      ...(request !== undefined && { body: JSON.stringify(request) }),
    })
    const bytes = Buffer.from(await response.arrayBuffer())
    const isJson = response.headers.get('content-type')?.includes('json') === true
    const body: unknown = isJson ? JSON.parse(bytes.toString('utf8')) : undefined
    const answer = { status: response.status, headers: response.headers, bytes, body }
    exchanges.push({ method, path, request, answer })
    return answer
  }
  /** Calls and, on 202, polls the operation to its end; gives the result or the operation's error. */
  const finish = async (method: string, path: string, request?: unknown): Promise<Answer> => {
    const started = await call(method, path, request)
    const id = started.headers.get('x-ms-operation-id')
    if (started.status !== 202 || id === null) return started
    for (;;) {
      const polled = await call('GET', `/v1/operations/${id}`)
      const { status } = z.looseObject({ status: z.string() }).parse(polled.body)
      if (status === 'Failed') return polled
      if (status === 'Succeeded')
        return polled.headers.has('location') ? call('GET', `/v1/operations/${id}/result`) : polled
      await new Promise(resolve => setTimeout(resolve, 10))
    }
  }
  const itemsOf = async (workspaceId: string) => {
    const items: z.infer<typeof named>[] = []
    let next: string | undefined = `/v1/workspaces/${workspaceId}/items`
    while (next !== undefined) {
      const answer = listOf(named).parse((await call('GET', next)).body)
      items.push(...answer.value)
      next = answer.continuationUri?.slice(url.length)
    }
    return items
  }
  const itemId = async (workspaceId: string, type: string, displayName?: string): Promise<string> => {
    const items = await itemsOf(workspaceId)
    const found = items.find(item => item.type === type && (displayName ?? item.displayName) === item.displayName)
    if (found === undefined) throw new Error(`no ${type} ${displayName ?? ''} in ${workspaceId}`)
    return found.id
  }
  const definition = async (workspaceId: string, id: string): Promise<Map<string, Buffer>> => {
    const answer = await finish('POST', `/v1/workspaces/${workspaceId}/items/${id}/getDefinition`)
    const parts = z.object({
      definition: z.object({ parts: z.array(z.object({ path: z.string(), payload: z.string() })) }),
    })
    return new Map(
      parts.parse(answer.body).definition.parts.map(part => [part.path, Buffer.from(part.payload, 'base64')]),
    )
  }
  return { url, exchanges, call, finish, itemsOf, itemId, definition }
}

export type TestSimulator = RunningSimulator & { readonly client: Client; readonly dataDir: string }

export async function startTestSimulator(dataDir = temporaryFolder()): Promise<TestSimulator> {
  const simulator = await startSimulator({ port: 0, smtpPort: 0, dataDir, tenant: testTenant })
  return { ...simulator, dataDir, client: createClient(simulator.url) }
}

export const errorCode = ({ body }: Answer): string => z.looseObject({ errorCode: z.string() }).parse(body).errorCode

export const base64 = (text: string): string => Buffer.from(text).toString('base64')

export const part = (path: string, text: string) => ({ path, payload: base64(text), payloadType: 'InlineBase64' })

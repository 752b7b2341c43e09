import type { IncomingMessage, ServerResponse } from 'node:http'

const largestBody = 30 * 1024 * 1024

export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk)
    size += bytes.length
    if (size > largestBody) throw new Error('The body is larger than 30 MB.')
    chunks.push(bytes)
  }
  return Buffer.concat(chunks)
}

export async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  return new URLSearchParams((await readBody(request)).toString())
}

/** The JSON object in a body; an empty body is an empty object, anything that is no object is null. */
export async function readJsonObject(request: IncomingMessage): Promise<Record<string, unknown> | null> {
  const text = (await readBody(request)).toString()
  if (text.trim() === '') return {}
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : null
  } catch {
    return null
  }
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export function sendJson(response: ServerResponse, status: number, body: unknown): true {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' })
  response.end(JSON.stringify(body))
  return true
}

export function sendEmpty(response: ServerResponse, status: number): true {
  response.writeHead(status).end()
  return true
}

export function sendHtml(response: ServerResponse, status: number, html: string): true {
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' })
  response.end(html)
  return true
}

export function redirect(response: ServerResponse, location: string): true {
  response.writeHead(303, { location }).end()
  return true
}

import type { IncomingMessage } from 'node:http'
import { z } from 'zod'
import { invalidInput } from './api-error'

/** One request, read whole. */
export type Call = {
  readonly method: string
  readonly url: URL
  readonly headers: IncomingMessage['headers']
  readonly body: Buffer
  readonly parameters: Readonly<Record<string, string>>
}

export type Reply = {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  /** A JSON value, raw bytes, or undefined for an empty body. */
  readonly body?: unknown
}

export const ok = (body?: unknown): Reply => (body === undefined ? { status: 200 } : { status: 200, body })

export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

/** Parses a JSON body; an empty or `null` body is an empty object. */
export function readJson<T>(call: Call, schema: z.ZodType<T>): T {
  const text = call.body.toString('utf8').trim()
  let value: unknown
  try {
    value = text === '' ? {} : (JSON.parse(text) ?? {})
  } catch {
    throw invalidInput('The request body is not JSON')
  }
  const parsed = schema.safeParse(value)
  if (!parsed.success) throw invalidInput(`The request has an invalid input: ${z.prettifyError(parsed.error)}`)
  return parsed.data
}

/** A parameter of the path; the router has matched it. */
export function parameter(call: Call, name: string): string {
  const value = call.parameters[name]
  if (value === undefined) throw new Error(`no path parameter ${name}`)
  return value
}

import type { ServerResponse } from 'node:http'
import { newId } from '../store/ids'
import { ApiError } from './api-error'
import type { Reply } from './call'

/** Writes a reply: bytes as they are, anything else as JSON. */
export function send(response: ServerResponse, reply: Reply, truncateTo: number | null = null): void {
  const body = bytesOf(reply.body)
  response.writeHead(reply.status, {
    ...(body !== null && !Buffer.isBuffer(reply.body) && { 'Content-Type': 'application/json; charset=utf-8' }),
    ...(body !== null && { 'Content-Length': String(body.length) }),
    ...(body === null && { 'Content-Length': '0' }),
    RequestId: newId(),
    ...reply.headers,
  })
  if (truncateTo === null || body === null) response.end(body ?? undefined)
  else response.write(body.subarray(0, truncateTo), () => response.destroy())
}

const bytesOf = (body: unknown): Buffer | null => {
  if (body === undefined) return null
  return Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body))
}

/** A refusal in Fabric's form. */
export function fabricError({ status, errorCode, message, options }: ApiError): Reply {
  return {
    status,
    headers: {
      'x-ms-public-api-error-code': errorCode,
      ...(options.retryAfterSeconds !== undefined && { 'Retry-After': String(options.retryAfterSeconds) }),
    },
    body: {
      requestId: newId(),
      errorCode,
      message,
      ...(options.moreDetails !== undefined && { moreDetails: options.moreDetails }),
      ...(options.relatedResource !== undefined && { relatedResource: options.relatedResource }),
      ...(options.isRetriable !== undefined && { isRetriable: options.isRetriable }),
    },
  }
}

/** The same in the form of the Power BI host. */
export function powerBiError(error: ApiError): Reply {
  const { status, errorCode, message, options } = error
  return {
    status,
    ...(options.retryAfterSeconds !== undefined && { headers: { 'Retry-After': String(options.retryAfterSeconds) } }),
    body: {
      error: {
        code: errorCode,
        'pbi.error': {
          code: errorCode,
          parameters: {},
          details: [{ code: 'DetailsMessage', detail: { type: 1, value: message } }],
        },
      },
    },
  }
}

export function toApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error
  console.error(error)
  return new ApiError(500, 'InternalServerError', 'The simulator failed; its own log says where')
}

import { z } from 'zod'
import { FabricError } from './errors'
import type { Request } from './http'

/** A body in the shape that the operation promises. Another one is an error of its own: after a write, nobody knows what was done. */
export function parseBody<T>(
  schema: z.ZodType<T>,
  body: unknown,
  request: Pick<Request, 'method' | 'path' | 'isRead'>,
): T {
  const parsed = schema.safeParse(body)
  if (parsed.success) return parsed.data
  throw new FabricError({
    errorCode: 'UnexpectedAnswer',
    message: `the answer is not as documented: ${z.prettifyError(parsed.error)}`,
    status: 200,
    kind: request.method === 'GET' || request.isRead ? 'retryable' : 'ambiguous',
    call: `${request.method} ${request.path}`,
  })
}

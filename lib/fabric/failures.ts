import { FabricError, type FailureKind } from './errors'
import type { Answer } from './http'
import { errorResponseSchema, powerBiErrorSchema } from './schemas'

const neverSent = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ENETUNREACH', 'EHOSTUNREACH', 'ERR_INVALID_URL']

/** No answer came. */
export function networkError(isRead: boolean, call: string, cause: unknown): FabricError {
  const { code, message } = cause as { code?: string; message?: string }
  const isSafe = isRead || neverSent.includes(code ?? '')
  return new FabricError({
    errorCode: code ?? 'NoAnswer',
    message: message ?? 'no answer',
    status: 0,
    kind: isSafe ? 'retryable' : 'ambiguous',
    call,
    cause,
  })
}

/** Null for a success whose body can be read. */
export function answerError(isRead: boolean, call: string, answer: Answer): FabricError | null {
  if (answer.status < 300) return answer.body === undefined ? garbled(isRead, call, answer) : null
  const told = toldBy(answer)
  return new FabricError({
    ...told,
    status: answer.status,
    kind: kindOf(isRead, answer.status, told.isRetriable),
    call,
    requestId: answer.headers.requestid ?? null,
  })
}

function kindOf(isRead: boolean, status: number, isRetriable: boolean): FailureKind {
  if (status === 429 || status === 430) return 'retryable'
  if (status >= 500 || status === 408) return isRead ? 'retryable' : 'ambiguous'
  return isRetriable ? 'retryable' : 'terminal'
}

function garbled(isRead: boolean, call: string, answer: Answer): FabricError {
  return new FabricError({
    errorCode: 'UnreadableAnswer',
    message: `the answer is not JSON: ${Buffer.from(answer.bytes).toString('utf8').slice(0, 200)}`,
    status: answer.status,
    kind: isRead ? 'retryable' : 'ambiguous',
    call,
    requestId: answer.headers.requestid ?? null,
  })
}

function toldBy(answer: Answer) {
  const fabric = errorResponseSchema.safeParse(answer.body)
  if (fabric.success) {
    const { errorCode, message, isRetriable, moreDetails } = fabric.data
    return { errorCode, message, isRetriable: isRetriable ?? false, moreDetails: moreDetails ?? [] }
  }
  const powerBi = powerBiErrorSchema.safeParse(answer.body)
  const header = answer.headers['x-ms-public-api-error-code']
  if (powerBi.success) {
    const { code, message } = powerBi.data.error
    return { errorCode: code, message: message ?? code, isRetriable: false, moreDetails: [] }
  }
  const text = Buffer.from(answer.bytes).toString('utf8').slice(0, 300)
  return {
    errorCode: header ?? `Http${answer.status}`,
    message: text === '' ? `status ${answer.status}` : text,
    isRetriable: false,
    moreDetails: [],
  }
}

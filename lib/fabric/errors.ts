/**
 * What a caller may conclude from a failed call. retryable: nothing was done, the same call may succeed later. terminal: nothing was
 * done, and it will not be. ambiguous: it may or may not have been done; look before anything is sent again.
 */
export type FailureKind = 'retryable' | 'terminal' | 'ambiguous'

export type ErrorDetail = { readonly errorCode: string; readonly message: string }

/** A call to Fabric or Power BI that failed. `errorCode` is contract; `message` is Fabric's own text. Status 0: no answer came. */
export class FabricError extends Error {
  override readonly name = 'FabricError'
  readonly errorCode: string
  readonly status: number
  readonly kind: FailureKind
  readonly isRetriable: boolean
  readonly moreDetails: readonly ErrorDetail[]
  readonly requestId: string | null
  readonly call: string

  constructor(facts: {
    errorCode: string
    message: string
    status: number
    kind: FailureKind
    call: string
    isRetriable?: boolean
    moreDetails?: readonly ErrorDetail[]
    requestId?: string | null
    cause?: unknown
  }) {
    super(facts.message, { cause: facts.cause })
    this.errorCode = facts.errorCode
    this.status = facts.status
    this.kind = facts.kind
    this.isRetriable = facts.isRetriable ?? false
    this.moreDetails = facts.moreDetails ?? []
    this.requestId = facts.requestId ?? null
    this.call = facts.call
  }

  /** The message with the details in which Fabric often hides the cause. */
  get explanation(): string {
    const details = this.moreDetails.map(detail => `${detail.errorCode}: ${detail.message}`)
    return [`${this.errorCode}: ${this.message}`, ...details].join(' · ')
  }
}

export const hasErrorCode = (error: unknown, ...codes: readonly string[]): error is FabricError =>
  error instanceof FabricError &&
  (codes.includes(error.errorCode) || error.moreDetails.some(detail => codes.includes(detail.errorCode)))

export const isAmbiguous = (error: unknown): boolean => error instanceof FabricError && error.kind === 'ambiguous'

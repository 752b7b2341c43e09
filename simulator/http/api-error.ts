/** A refusal in the words of Fabric: an HTTP status with errorCode and message. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly errorCode: string,
    message: string,
    readonly options: {
      readonly isRetriable?: boolean
      readonly retryAfterSeconds?: number
      readonly moreDetails?: readonly object[]
      readonly relatedResource?: { readonly resourceId: string; readonly resourceType: string }
    } = {},
  ) {
    super(message)
  }
}

export const badRequest = (errorCode: string, message: string, moreDetails?: readonly object[]): ApiError =>
  new ApiError(400, errorCode, message, moreDetails === undefined ? {} : { moreDetails })

export const invalidInput = (message: string): ApiError => badRequest('InvalidInput', message)

export const notFound = (errorCode: string, message: string): ApiError => new ApiError(404, errorCode, message)

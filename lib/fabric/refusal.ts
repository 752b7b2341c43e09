import type { Refusal } from '@/lib/kernel/refusal'
import { refuse } from '@/lib/kernel/result'
import { FabricError } from './errors'

/** A failed call as a person should read it. Anything that is not a Fabric error is thrown again. */
export function asRefusal(error: unknown): { readonly ok: false; readonly refusal: Refusal } {
  if (!(error instanceof FabricError)) throw error
  const facts = { errorCode: error.errorCode, status: error.status, requestId: error.requestId, call: error.call }
  return refuse('unavailable', plainWords(error), facts)
}

/** What happened, and what to do, without the vocabulary of HTTP. */
export function plainWords(error: FabricError): string {
  if (error.kind === 'ambiguous')
    return `Fabric did not say whether it did what was asked (${error.explanation}). Look in Fabric before it is tried again.`
  if (error.status === 0)
    return `Fabric cannot be reached: ${error.message}. Nothing was changed by this; try again later.`
  if (error.status === 401)
    return `Fabric does not accept the portal's service identity (${error.errorCode}). An administrator has to check its secret or certificate.`
  if (error.errorCode === 'PrincipalTypeNotSupported')
    return 'Fabric does not let a service identity do this for this type of item. The item has to be handled by a person in Fabric.'
  if (error.errorCode === 'FeatureNotAvailable')
    return "Fabric says that the feature is not available: the capacity, a tenant setting or the service identity's rights may be the reason."
  if (error.status === 403)
    return `The portal's service identity may not do this in Fabric (${error.errorCode}). It needs a role in the workspace.`
  if (error.status === 404)
    return `Fabric does not know what was asked for, or hides it from the portal (${error.explanation}).`
  if (error.status === 429 || error.status === 430)
    return 'Fabric is refusing calls because there were too many. Try again in some minutes.'
  return `Fabric refused: ${error.explanation}`
}

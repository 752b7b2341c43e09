/**
 * An expected "no". `message` says what was refused, why, and what to do, as one or two plain sentences;
 * `facts` holds what a machine needs (ids, unmet criteria). Anything unexpected is thrown, never a refusal.
 */
export type RefusalCode =
  | 'not-signed-in'
  | 'not-allowed'
  | 'not-found'
  | 'gate-shut'
  | 'outside-window'
  | 'frozen'
  | 'stale'
  | 'invalid'
  | 'conflict'
  | 'unavailable'
  | 'too-large'
  | 'too-many'

export type Refusal = {
  readonly code: RefusalCode
  readonly message: string
  readonly facts: Readonly<Record<string, unknown>>
}

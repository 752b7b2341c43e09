/** Who acts. A token is not a person; a job of the portal is neither. */
export type Actor =
  | { readonly kind: 'person'; readonly id: string; readonly name: string; readonly email: string }
  | {
      readonly kind: 'token'
      readonly id: string
      readonly name: string
      readonly projectId: string
      readonly scopes: readonly string[]
    }
  | { readonly kind: 'portal'; readonly name: string }
  | { readonly kind: 'nobody'; readonly name: string }

export const portal: Actor = { kind: 'portal', name: 'The portal' }
export const nobody: Actor = { kind: 'nobody', name: 'Somebody not signed in' }

export const actorId = (actor: Actor): string | null => ('id' in actor ? actor.id : null)
export const personId = (actor: Actor): string | null => (actor.kind === 'person' ? actor.id : null)

import { type Gate, opensByItselfAt } from '@/lib/gate/gate'
import type { Outcome } from './ticket'

export const activePhases = ['queued', 'running', 'validating', 'unknown'] as const
export type ActivePhase = (typeof activePhases)[number]

/** What a ticket is, as one word of the screens. */
export type TicketStatus = ActivePhase | Outcome | 'waiting' | 'ready' | 'scheduled' | 'awaiting-close'

/** `phase`: of the ticket's newest promotion. */
export type StatusFacts = { readonly status: string; readonly outcome: string | null; readonly phase: string | null }

/** `gate` is null where it has not been evaluated, as in lists. A run that did not start leaves its ticket waiting. */
export function ticketStatus({ status, outcome, phase }: StatusFacts, gate: Gate | null): TicketStatus {
  if (status === 'cancelled') return 'cancelled'
  if (status === 'closed') return (outcome ?? 'cancelled') as Outcome
  const active = activePhases.find(one => one === phase)
  if (active) return active
  if (outcome === 'succeeded') return 'awaiting-close'
  if (outcome !== null && outcome !== 'cancelled') return outcome as Outcome
  if (!gate) return 'waiting'
  if (gate.open) return 'ready'
  return opensByItselfAt(gate) ? 'scheduled' : 'waiting'
}

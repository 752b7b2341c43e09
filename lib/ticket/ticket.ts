import { assertNever } from '@/lib/kernel/assert-never'
import { ok, type Result, refuse } from '@/lib/kernel/result'

export type Step = 'initiate' | 'execute' | 'validate' | 'close'
export type Outcome = 'succeeded' | 'failed' | 'errored' | 'partial' | 'cancelled'

/** A ticket in the four steps of policy 4.1. Only a running one has a promotion under way, only an ended one an outcome. */
export type Ticket =
  | { readonly state: 'waiting' }
  | { readonly state: 'running'; readonly step: 'execute' | 'validate' }
  | { readonly state: 'ended'; readonly step: 'execute' | 'validate' | 'close'; readonly outcome: Outcome }
  | { readonly state: 'closed'; readonly outcome: Outcome }
  | { readonly state: 'cancelled' }

export type TicketCommand =
  | { readonly kind: 'promote' }
  | { readonly kind: 'validate' }
  | { readonly kind: 'end'; readonly outcome: Outcome }
  | { readonly kind: 'close' }
  | { readonly kind: 'cancel' }

type Row = {
  readonly status: string
  readonly step: string
  readonly outcome: string | null
  readonly running: boolean
}

/** A ticket from its row; `running` says whether a promotion of it is active. */
export function ticketFrom(row: Row): Ticket {
  if (row.status === 'cancelled') return { state: 'cancelled' }
  if (row.status === 'closed') return { state: 'closed', outcome: (row.outcome ?? 'cancelled') as Outcome }
  if (row.running) return { state: 'running', step: row.step === 'validate' ? 'validate' : 'execute' }
  if (row.outcome !== null && row.step !== 'initiate') {
    return { state: 'ended', step: row.step as 'execute' | 'validate' | 'close', outcome: row.outcome as Outcome }
  }
  return { state: 'waiting' }
}

/** The ticket after a command, or why the command is not for it now. A refusal is never a failure, and retrying is a promotion anew. */
export function decide(ticket: Ticket, command: TicketCommand): Result<Ticket> {
  switch (command.kind) {
    case 'promote':
      if (ticket.state === 'waiting') return ok({ state: 'running', step: 'execute' })
      if (ticket.state === 'ended' && ticket.outcome !== 'succeeded') return ok({ state: 'running', step: 'execute' })
      return refuse('conflict', notNow(ticket, 'promoted'))
    case 'validate':
      if (ticket.state === 'running') return ok({ state: 'running', step: 'validate' })
      return refuse('conflict', notNow(ticket, 'validated'))
    case 'end':
      if (ticket.state !== 'running') return refuse('conflict', notNow(ticket, 'ended'))
      return ok({
        state: 'ended',
        step: command.outcome === 'succeeded' ? 'close' : ticket.step,
        outcome: command.outcome,
      })
    case 'close':
      if (ticket.state === 'ended' && ticket.outcome === 'succeeded')
        return ok({ state: 'closed', outcome: 'succeeded' })
      return refuse('conflict', notNow(ticket, 'closed'))
    case 'cancel':
      if (ticket.state === 'waiting') return ok({ state: 'cancelled' })
      if (ticket.state === 'ended' && ticket.outcome !== 'succeeded') return ok({ state: 'cancelled' })
      return refuse('conflict', notNow(ticket, 'cancelled'))
    default:
      return assertNever(command)
  }
}

/** The columns of a ticket's row. */
export function rowOf(ticket: Ticket): { status: string; step: Step; outcome: Outcome | null } {
  switch (ticket.state) {
    case 'waiting':
      return { status: 'open', step: 'initiate', outcome: null }
    case 'running':
      return { status: 'open', step: ticket.step, outcome: null }
    case 'ended':
      return { status: 'open', step: ticket.step, outcome: ticket.outcome }
    case 'closed':
      return { status: 'closed', step: 'close', outcome: ticket.outcome }
    case 'cancelled':
      return { status: 'cancelled', step: 'initiate', outcome: 'cancelled' }
    default:
      return assertNever(ticket)
  }
}

function notNow(ticket: Ticket, participle: string): string {
  const stands: Record<Ticket['state'], string> = {
    waiting: 'it has not been promoted yet',
    running: 'its promotion is running',
    ended: ticket.state === 'ended' ? `its promotion ${ticket.outcome}` : '',
    closed: 'it is closed',
    cancelled: 'it was cancelled',
  }
  return `This ticket cannot be ${participle}: ${stands[ticket.state]}.`
}

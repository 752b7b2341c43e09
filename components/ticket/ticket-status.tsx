import { Status } from '@/components/status/status'
import type { TicketStatus as Value } from '@/lib/ticket/ticket-status'

type TicketStatusProps = {
  value: Value /** How many criteria are unmet, where it is known. */
  unmet?: number
  pill?: boolean
}

/** The word of a ticket. A list does not know how many criteria it waits for. */
export function TicketStatus({ value, unmet, pill }: TicketStatusProps) {
  if (value === 'waiting' && unmet === undefined) return <Status kind="release" value="waiting" pill={pill} />
  return <Status kind="ticket" value={value} count={unmet} pill={pill} />
}

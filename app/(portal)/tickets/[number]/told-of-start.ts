import { recipientsFor } from '@/lib/notification/recipients'
import { people } from '@/lib/ticket/gate-panel'
import type { TicketView } from '@/lib/ticket/queries'

/** Who gets a mail when the promotion starts. */
export function toldOfStart({ holders, hop }: TicketView): string {
  const told = recipientsFor({ kind: 'stage-started', hop, hasFailed: false }, holders)
  return told.length === 0 ? 'Nobody: no role of this project is told' : people(told)
}

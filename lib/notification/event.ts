import type { TicketEventName } from '@/lib/queue/workflows'

/** An event that people are told of, with the row that it is about. */
export type NotificationEvent =
  | { readonly kind: 'ticket-created' | 'ticket-cancelled' | 'ticket-closed' }
  | { readonly kind: 'stage-started' | 'stage-ended'; readonly promotionId: string }
  | { readonly kind: 'announcement'; readonly recordId: string }
export type EventKind = NotificationEvent['kind']

export function eventOf(name: TicketEventName): NotificationEvent {
  const [kind, id = ''] = name.split(':') as [EventKind, string?]
  switch (kind) {
    case 'stage-started':
    case 'stage-ended':
      return { kind, promotionId: id }
    case 'announcement':
      return { kind, recordId: id }
    default:
      return { kind }
  }
}

const words: Readonly<Record<EventKind, string>> = {
  'ticket-created': 'Ticket created',
  'ticket-cancelled': 'Ticket cancelled',
  'ticket-closed': 'Ticket closed',
  'stage-started': 'Promotion started',
  'stage-ended': 'Promotion ended',
  announcement: 'Announcement',
}

/** "Promotion started", for lists of what was sent. */
export const eventWords = (name: string): string => words[name.split(':')[0] as EventKind] ?? name

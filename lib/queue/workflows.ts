/** Names and payloads of the durable workflows: what the web process may enqueue and the worker runs. */
export type WorkflowPayloads = {
  /** Runs a promotion that a decision has created. */
  'run-promotion': { promotionId: string }
  /** Works on a stored webhook delivery. */
  'handle-webhook': { deliveryId: string }
  /** Re-evaluates the Dev→Test gate of a project and promotes by itself when it is open (policy 1.2). */
  'promote-when-open': { ticketId: string }
  /** Makes the plan of a ticket against the target as it is now. */
  'make-plan': { ticketId: string }
  /** Writes to those who should hear of an event of a ticket, and sends. */
  notify: { ticketId: string; event: TicketEventName }
}
/** What people are told about a ticket; `:` and an id follow where the same event can come again. */
export type TicketEventName =
  | 'ticket-created'
  | 'ticket-cancelled'
  | 'ticket-closed'
  | `stage-started:${string}`
  | `stage-ended:${string}`
  | `announcement:${string}`
export type WorkflowName = keyof WorkflowPayloads

/** Promotions run one at a time per environment (the partition). Mails have a queue of their own: what waits for a mail server holds up nothing else. */
export const queues = { promotions: 'promotions', work: 'work', mail: 'mail' } as const

export const queueOf = (name: WorkflowName): string =>
  name === 'run-promotion' ? queues.promotions : name === 'notify' ? queues.mail : queues.work
